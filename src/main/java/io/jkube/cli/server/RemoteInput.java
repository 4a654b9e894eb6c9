package io.jkube.cli.server;

import io.jkube.cli.client.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The client's stdin: asked for a piece only when the command reads and has none left. One thread
 * reads; another offers.
 */
final class RemoteInput extends InputStream {
  private final FrameWriter frames;
  private final LinkedBlockingQueue<ByteBuffer> pieces = new LinkedBlockingQueue<>();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  RemoteInput(FrameWriter frames) {
    this.frames = frames;
  }

  /** A piece came; an empty one is the end. */
  void offer(ByteBuffer piece) {
    pieces.add(piece);
  }

  /** No more will come. */
  void end() {
    offer(ByteBuffer.allocate(0));
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ended && !current.hasRemaining()) {
      current = ask();
      ended = !current.hasRemaining();
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(bytes, offset, count);
    return count;
  }

  private ByteBuffer ask() throws IOException {
    frames.send(Frame.WANT_INPUT, new byte[0], 0, 0);
    try {
      return pieces.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading stdin");
    }
  }
}
