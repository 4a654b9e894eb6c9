package io.jkube.api.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A link between two threads of this process: what one end writes the other reads. */
public final class MemoryLink implements Link {
  private final Pipe incoming;
  private final Pipe outgoing;

  private MemoryLink(Pipe incoming, Pipe outgoing) {
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  /** The two ends of one link. */
  public record Pair(Link near, Link far) {}

  public static Pair pair() {
    var there = new Pipe();
    var back = new Pipe();
    return new Pair(new MemoryLink(back, there), new MemoryLink(there, back));
  }

  @Override
  public InputStream input() {
    return incoming.reading;
  }

  @Override
  public OutputStream output() {
    return outgoing.writing;
  }

  @Override
  public void endOutput() {
    outgoing.end();
  }

  @Override
  public void close() {
    incoming.end();
    outgoing.end();
  }

  /** One direction. Holds one piece: a writer waits until the one before was taken. */
  private static final class Pipe {
    private final Reading reading = new Reading();
    private final Writing writing = new Writing();
    private byte[] piece = {};
    private int position;
    private boolean ended;

    synchronized void end() {
      ended = true;
      notifyAll();
    }

    private synchronized void put(byte[] bytes) throws IOException {
      while (position < piece.length && !ended) {
        await();
      }
      if (ended) {
        throw new IOException("the other side is gone");
      }
      piece = bytes;
      position = 0;
      notifyAll();
    }

    private synchronized int take(byte[] into, int offset, int length) throws IOException {
      while (position == piece.length && !ended) {
        await();
      }
      int count = Math.min(length, piece.length - position);
      if (count == 0) {
        return -1;
      }
      System.arraycopy(piece, position, into, offset, count);
      position += count;
      notifyAll();
      return count;
    }

    private void await() throws IOException {
      try {
        wait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the other side");
      }
    }

    private final class Reading extends InputStream {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return length == 0 ? 0 : take(into, offset, length);
      }
    }

    private final class Writing extends OutputStream {
      @Override
      public void write(int value) throws IOException {
        put(new byte[] {(byte) value});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
          put(Arrays.copyOfRange(bytes, offset, offset + length));
        }
      }
    }
  }
}
