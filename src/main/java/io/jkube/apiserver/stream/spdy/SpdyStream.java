package io.jkube.apiserver.stream.spdy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * A stream that a client opened. One thread reads its input, one writes its output. Guarded by
 * itself.
 */
public final class SpdyStream {
  /** What may wait for its reader before the session's other streams wait too. */
  static final int MOST_WAITING_BYTES = 64 * 1024;

  private final int id;
  private final Map<String, String> headers;
  private final FrameWriter frames;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final Input input = new Input();
  private final Output output = new Output();
  private int waitingBytes;
  private int position;
  private boolean inputEnded;
  private boolean broken;
  private boolean outputEnded;

  SpdyStream(int id, Map<String, String> headers, FrameWriter frames, boolean inputEnded) {
    this.id = id;
    this.headers = Map.copyOf(headers);
    this.frames = frames;
    this.inputEnded = inputEnded;
  }

  /**
   * @param name in lower case
   * @return empty when the client did not send it
   */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  public InputStream input() {
    return input;
  }

  /** Closing it ends this direction only. */
  public OutputStream output() {
    return output;
  }

  /** Ends both directions, whatever is still on the way. */
  void reset() throws IOException {
    if (breakOff()) {
      frames.reset(id);
    }
  }

  /** Nobody reads any more: what still comes passes by. */
  public synchronized void closeInput() {
    inputEnded = true;
    waiting.clear();
    waitingBytes = 0;
    notifyAll();
  }

  /** Whether it was broken off, by the client or with its connection. */
  public synchronized boolean broken() {
    return broken;
  }

  /** Counts up by two in the order in which the client opened them. */
  public int id() {
    return id;
  }

  /** From the session: waits while the reader has enough to do. */
  synchronized void receive(byte[] bytes, boolean last) throws IOException {
    try {
      while (waitingBytes > MOST_WAITING_BYTES && !inputEnded) {
        wait();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a stream was full");
    }
    if (inputEnded) {
      return;
    }
    if (bytes.length > 0) {
      waiting.add(bytes);
      waitingBytes += bytes.length;
    }
    inputEnded = last;
    notifyAll();
  }

  /** From the session: nothing more comes or goes. Answers whether that is news. */
  synchronized boolean breakOff() {
    boolean news = !broken;
    broken = true;
    inputEnded = true;
    outputEnded = true;
    notifyAll();
    return news;
  }

  private synchronized int take(byte[] into, int offset, int length) throws IOException {
    try {
      while (waiting.isEmpty() && !inputEnded) {
        wait();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a stream");
    }
    var first = waiting.peek();
    if (first == null) {
      return -1;
    }
    int count = Math.min(length, first.length - position);
    System.arraycopy(first, position, into, offset, count);
    position += count;
    waitingBytes -= count;
    if (position == first.length) {
      waiting.remove();
      position = 0;
    }
    notifyAll();
    return count;
  }

  private synchronized boolean endOutput() {
    boolean news = !outputEnded;
    outputEnded = true;
    return news;
  }

  private synchronized void requireOutput() throws IOException {
    if (outputEnded) {
      throw new IOException("the stream is closed");
    }
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return length == 0 ? 0 : take(into, offset, length);
    }

    @Override
    public void close() {
      closeInput();
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      requireOutput();
      frames.data(id, false, bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (endOutput()) {
        frames.data(id, true, new byte[0], 0, 0);
      }
    }
  }
}
