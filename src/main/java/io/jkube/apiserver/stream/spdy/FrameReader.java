package io.jkube.apiserver.stream.spdy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads frames. Data comes in pieces, however long its frames are. One thread's. */
final class FrameReader {
  private static final int LONGEST_PIECE_BYTES = 32 * 1024;
  private static final int LONGEST_CONTROL_BYTES = 64 * 1024;
  private static final int VERSION = 3;
  private static final int FLAG_LAST = 1;

  static final int SYN_STREAM = 1;
  static final int SYN_REPLY = 2;
  static final int RST_STREAM = 3;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int HEADERS = 8;

  private final DataInputStream in;
  private final HeaderBlocks headers;
  private int stream;
  private int flags;
  private int left;

  FrameReader(InputStream in, HeaderBlocks headers) {
    this.in = new DataInputStream(in);
    this.headers = headers;
  }

  /** Null at the end. */
  Frame next() throws IOException {
    if (left > 0) {
      return piece();
    }
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int word = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int second = in.readInt();
    flags = second >>> 24;
    int length = second & 0xffffff;
    if (word < 0) {
      return control(word, length);
    }
    stream = word;
    left = length;
    return length > 0 ? piece() : new Frame.Data(stream, (flags & FLAG_LAST) != 0, new byte[0]);
  }

  private Frame piece() throws IOException {
    var bytes = new byte[Math.min(left, LONGEST_PIECE_BYTES)];
    int count = in.read(bytes);
    if (count < 0) {
      throw new EOFException("the connection ended in the middle of a frame");
    }
    left -= count;
    boolean last = left == 0 && (flags & FLAG_LAST) != 0;
    return new Frame.Data(
        stream, last, count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
  }

  private Frame control(int word, int length) throws IOException {
    int version = word >>> 16 & 0x7fff;
    require(version == VERSION, "version " + version);
    require(length <= LONGEST_CONTROL_BYTES, "a frame of " + length + " bytes");
    boolean last = (flags & FLAG_LAST) != 0;
    int type = word & 0xffff;
    return switch (type) {
      case SYN_STREAM -> {
        require(length >= 10, "a cut frame");
        int id = in.readInt();
        in.skipNBytes(6);
        yield new Frame.SynStream(id, last, headers.read(in.readNBytes(length - 10)));
      }
      case SYN_REPLY, HEADERS -> {
        require(length >= 4, "a cut frame");
        int id = in.readInt();
        headers.read(in.readNBytes(length - 4));
        yield new Frame.Headers(id, last);
      }
      case RST_STREAM -> {
        require(length == 8, "a reset of " + length + " bytes");
        var reset = new Frame.Reset(in.readInt());
        in.skipNBytes(4);
        yield reset;
      }
      case PING -> {
        require(length == 4, "a ping of " + length + " bytes");
        yield new Frame.Ping(in.readInt());
      }
      default -> {
        in.skipNBytes(length);
        yield new Frame.Ignored();
      }
    };
  }

  private static void require(boolean kept, String rule) throws SpdyViolation {
    if (!kept) {
      throw new SpdyViolation(rule);
    }
  }
}
