package io.jkube.cli.server;

import io.jkube.cli.client.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** Sends frames to one client, each whole. Thread-safe. */
final class FrameWriter {
  private final ByteChannel channel;
  private final ReentrantLock lock = new ReentrantLock();

  FrameWriter(ByteChannel channel) {
    this.channel = channel;
  }

  void send(byte type, byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      Frame.send(channel, type, bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  /** Everything written to the stream goes out as frames of that type. */
  OutputStream stream(byte type) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int from = offset; from < end; from += Frame.MAX_PAYLOAD_BYTES) {
          send(type, bytes, from, Math.min(Frame.MAX_PAYLOAD_BYTES, end - from));
        }
      }
    };
  }
}
