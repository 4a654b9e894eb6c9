package io.jkube.kubelet.runtime.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a caller writes to a process, on its way to the thread that sends it. Holds one piece at a
 * time: a writer waits until the one before was taken, so memory stays flat however slow the
 * process reads.
 */
final class StdinPipe {
  private byte[] piece = {};
  private int offset;
  private boolean ended;

  InputStream reading() {
    return new Reading();
  }

  OutputStream writing() {
    return new Writing();
  }

  /** No more comes; a writer that waits fails. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void put(byte[] bytes, int from, int length) throws IOException {
    try {
      while (offset < piece.length && !ended) {
        wait();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the process took its input", interrupted);
    }
    if (ended) {
      throw new IOException("the input of the process is closed");
    }
    piece = new byte[length];
    System.arraycopy(bytes, from, piece, 0, length);
    offset = 0;
    notifyAll();
  }

  private synchronized int take(byte[] into, int from, int length) throws IOException {
    try {
      while (offset == piece.length && !ended) {
        wait();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for input", interrupted);
    }
    if (offset == piece.length) {
      return -1;
    }
    int count = Math.min(length, piece.length - offset);
    System.arraycopy(piece, offset, into, from, count);
    offset += count;
    notifyAll();
    return count;
  }

  private final class Reading extends InputStream {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return take(into, from, length);
    }

    @Override
    public void close() {
      end();
    }
  }

  private final class Writing extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      put(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > 0) {
        put(bytes, from, length);
      }
    }

    @Override
    public void close() {
      end();
    }
  }
}
