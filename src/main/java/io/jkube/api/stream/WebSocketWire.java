package io.jkube.api.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * WebSocket messages over a link (RFC 6455, without extensions). Messages come in {@link Piece}s of
 * at most {@value #LONGEST_PIECE_BYTES} bytes, however long they are: nobody can make the reader
 * hold more. Pings are answered while reading.
 *
 * <p>One thread reads; any number may send.
 */
public final class WebSocketWire {
  /** The other side ended in order. */
  public static final int NORMAL_CLOSURE = 1000;

  public static final int PROTOCOL_ERROR = 1002;

  static final int LONGEST_PIECE_BYTES = 32 * 1024;
  private static final int LONGEST_CONTROL_BYTES = 125;
  private static final int LONGEST_REASON_BYTES = 120;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  /** Which end of the connection this is: clients mask what they send, servers do not. */
  public enum Side {
    SERVER,
    CLIENT
  }

  /**
   * A part of a message.
   *
   * @param first whether a message begins with it
   * @param last whether a message ends with it
   */
  public record Piece(boolean text, boolean first, boolean last, byte[] bytes) {}

  private final Link link;
  private final InputStream input;
  private final Side side;
  private final SecureRandom masks;
  private final ReentrantLock sending = new ReentrantLock();
  private boolean closeSent;

  /** What the reader knows of the message and the frame it is in. */
  private boolean inMessage;

  private boolean text;
  private boolean first;
  private boolean lastFrame;
  private long left;
  private byte[] mask;
  private int maskAt;

  public WebSocketWire(Link link, Side side) {
    this.link = link;
    this.input = link.input();
    this.side = side;
    this.masks = side == Side.CLIENT ? new SecureRandom() : null;
  }

  /**
   * Waits for the next part of a message; null when the other side closed.
   *
   * @throws ProtocolViolation when the other side breaks the rules; it was told
   */
  public Piece next() throws IOException {
    try {
      if (left == 0 && !nextDataFrame()) {
        return null;
      }
      var bytes = payload((int) Math.min(left, LONGEST_PIECE_BYTES));
      left -= bytes.length;
      boolean last = left == 0 && lastFrame;
      var piece = new Piece(text, first, last, bytes);
      first = false;
      inMessage = !last;
      return piece;
    } catch (ProtocolViolation broken) {
      close(PROTOCOL_ERROR, broken.getMessage());
      throw broken;
    }
  }

  /** Sends a message whose bytes are those of all parts. */
  public void send(boolean asText, byte[]... parts) throws IOException {
    frame(asText ? TEXT : BINARY, parts);
  }

  /** Tells the other side that this one is done. The link stays open for its answer. */
  public void close(int code, String reason) throws IOException {
    var bytes = reason.getBytes(StandardCharsets.UTF_8);
    var told = Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_REASON_BYTES));
    frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, told);
  }

  public Link link() {
    return link;
  }

  /** Reads up to the payload of a data frame that is not empty, or is alone in its message. */
  private boolean nextDataFrame() throws IOException {
    while (true) {
      int start = input.read();
      if (start < 0) {
        return false;
      }
      int opcode = start & 0x0f;
      boolean fin = (start & 0x80) != 0;
      require((start & 0x70) == 0, "reserved bits are set");
      long length = length();
      if (opcode >= CLOSE) {
        require(fin && length <= LONGEST_CONTROL_BYTES, "a control frame is too long or cut");
        if (!control(opcode, (int) length)) {
          return false;
        }
        continue;
      }
      require(opcode <= BINARY, "unknown opcode " + opcode);
      require((opcode == CONTINUATION) == inMessage, "a message starts inside another");
      if (opcode != CONTINUATION) {
        text = opcode == TEXT;
        first = true;
      }
      lastFrame = fin;
      left = length;
      if (left > 0 || fin) {
        return true;
      }
      inMessage = true;
    }
  }

  private long length() throws IOException {
    int second = byteOrEnd();
    require((second & 0x80) != 0 == (side == Side.SERVER), "frames of clients are masked");
    long length =
        switch (second & 0x7f) {
          case 126 -> ByteBuffer.wrap(exactly(Short.BYTES)).getShort() & 0xffff;
          case 127 -> ByteBuffer.wrap(exactly(Long.BYTES)).getLong();
          default -> second & 0x7f;
        };
    require(length >= 0, "a frame of a negative length");
    mask = side == Side.SERVER ? exactly(Integer.BYTES) : null;
    maskAt = 0;
    return length;
  }

  /** Answers false when it was the end. */
  private boolean control(int opcode, int length) throws IOException {
    var bytes = exactly(length);
    unmask(bytes);
    switch (opcode) {
      case PING -> frame(PONG, bytes);
      case PONG -> {}
      case CLOSE -> {
        frame(CLOSE, length >= 2 ? Arrays.copyOf(bytes, 2) : new byte[0]);
        return false;
      }
      default -> throw new ProtocolViolation("unknown opcode " + opcode);
    }
    return true;
  }

  private byte[] payload(int length) throws IOException {
    var bytes = new byte[length];
    int count = length == 0 ? 0 : input.read(bytes);
    if (count < 0) {
      throw cut();
    }
    bytes = count == length ? bytes : Arrays.copyOf(bytes, count);
    unmask(bytes);
    return bytes;
  }

  private void unmask(byte[] bytes) {
    if (mask == null) {
      return;
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[maskAt++ & 3];
    }
  }

  private int byteOrEnd() throws IOException {
    int value = input.read();
    if (value < 0) {
      throw cut();
    }
    return value;
  }

  private byte[] exactly(int count) throws IOException {
    var bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw cut();
    }
    return bytes;
  }

  private static EOFException cut() {
    return new EOFException("the connection ended in the middle of a frame");
  }

  private static void require(boolean kept, String rule) throws ProtocolViolation {
    if (!kept) {
      throw new ProtocolViolation(rule);
    }
  }

  /** Once a close was sent nothing else may follow it. */
  private void frame(int opcode, byte[]... parts) throws IOException {
    int length = 0;
    for (var part : parts) {
      length += part.length;
    }
    var frame = header(opcode, length);
    int payload = frame.position();
    for (var part : parts) {
      frame.put(part);
    }
    if (side == Side.CLIENT) {
      for (int i = payload; i < frame.capacity(); i++) {
        frame.put(i, (byte) (frame.get(i) ^ frame.get(payload - 4 + (i - payload & 3))));
      }
    }
    sending.lock();
    try {
      if (closeSent) {
        if (opcode == TEXT || opcode == BINARY) {
          throw new IOException("this side has closed the WebSocket");
        }
        return;
      }
      closeSent = opcode == CLOSE;
      link.output().write(frame.array());
    } finally {
      sending.unlock();
    }
  }

  private ByteBuffer header(int opcode, int length) {
    int more = length <= LONGEST_CONTROL_BYTES ? 0 : length <= 0xffff ? Short.BYTES : Long.BYTES;
    boolean masked = side == Side.CLIENT;
    var frame = ByteBuffer.allocate(2 + more + (masked ? Integer.BYTES : 0) + length);
    frame.put((byte) (0x80 | opcode));
    int flag = masked ? 0x80 : 0;
    switch (more) {
      case Short.BYTES -> frame.put((byte) (flag | 126)).putShort((short) length);
      case Long.BYTES -> frame.put((byte) (flag | 127)).putLong(length);
      default -> frame.put((byte) (flag | length));
    }
    return masked ? frame.putInt(masks.nextInt()) : frame;
  }

  /** The other side does not speak as RFC 6455 says. */
  public static final class ProtocolViolation extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolViolation(String rule) {
      super(rule);
    }
  }
}
