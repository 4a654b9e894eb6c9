package io.jkube.apiserver.stream.spdy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Writes frames, each at once. Thread-safe: writers take turns. */
final class FrameWriter {
  private static final int HEADER_BYTES = 8;
  private static final int CONTROL = 0x80030000;
  private static final int FLAG_LAST = 1;
  private static final int CANCEL = 5;
  private static final int OK = 0;

  private final OutputStream out;
  private final HeaderBlocks headers;
  private final ReentrantLock turn = new ReentrantLock();

  FrameWriter(OutputStream out, HeaderBlocks headers) {
    this.out = out;
    this.headers = headers;
  }

  void data(int stream, boolean last, byte[] bytes, int offset, int length) throws IOException {
    var frame = ByteBuffer.allocate(HEADER_BYTES + length);
    frame.putInt(stream).putInt((last ? FLAG_LAST << 24 : 0) | length);
    write(frame.put(bytes, offset, length));
  }

  /** Accepts a stream. */
  void reply(int stream) throws IOException {
    turn.lock();
    try {
      var block = headers.write(Map.of());
      write(control(FrameReader.SYN_REPLY, Integer.BYTES + block.length).putInt(stream).put(block));
    } finally {
      turn.unlock();
    }
  }

  void reset(int stream) throws IOException {
    write(control(FrameReader.RST_STREAM, 2 * Integer.BYTES).putInt(stream).putInt(CANCEL));
  }

  void ping(int id) throws IOException {
    write(control(FrameReader.PING, Integer.BYTES).putInt(id));
  }

  void goAway(int lastStream) throws IOException {
    write(control(FrameReader.GOAWAY, 2 * Integer.BYTES).putInt(lastStream).putInt(OK));
  }

  private static ByteBuffer control(int type, int length) {
    return ByteBuffer.allocate(HEADER_BYTES + length).putInt(CONTROL | type).putInt(length);
  }

  private void write(ByteBuffer frame) throws IOException {
    turn.lock();
    try {
      out.write(frame.array());
    } finally {
      turn.unlock();
    }
  }
}
