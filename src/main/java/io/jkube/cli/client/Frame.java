package io.jkube.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * One message between client and server: a type, the length of the payload in four bytes, the
 * payload.
 */
public final class Frame {
  /** Client: the command line and its surroundings, see {@link Request}. */
  public static final byte REQUEST = 1;

  /** Client: bytes of stdin; none at its end. */
  public static final byte INPUT = 2;

  /** Server: bytes for stdout. */
  public static final byte OUT = 3;

  /** Server: bytes for stderr. */
  public static final byte ERR = 4;

  /** Server: the command reads stdin; send one INPUT. */
  public static final byte WANT_INPUT = 5;

  /** Server: the command ended; the payload's one byte is the exit code. */
  public static final byte EXIT = 6;

  public static final int MAX_PAYLOAD_BYTES = 1 << 20;

  private static final int HEADER_BYTES = 5;

  private Frame() {}

  /** Sends one frame whole. One thread at a time. */
  public static void send(ByteChannel channel, byte type, byte[] bytes, int offset, int length)
      throws IOException {
    var buffer = ByteBuffer.allocate(HEADER_BYTES + length);
    buffer.put(type).putInt(length).put(bytes, offset, length).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /**
   * Waits for a frame: its type is the first byte of the buffer, the rest its payload.
   *
   * @return ready to be read; null when the other side is gone
   */
  public static ByteBuffer receive(ByteChannel channel) throws IOException {
    var header = ByteBuffer.allocate(HEADER_BYTES);
    if (!fill(channel, header)) {
      return null;
    }
    int length = header.getInt(1);
    if (length < 0 || length > MAX_PAYLOAD_BYTES) {
      throw new IOException("not a frame of jkube's");
    }
    var frame = ByteBuffer.allocate(1 + length).put(header.get(0));
    if (!fill(channel, frame)) {
      throw new EOFException();
    }
    return frame;
  }

  private static boolean fill(ByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    buffer.flip();
    return true;
  }
}
