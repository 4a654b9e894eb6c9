package io.jkube.kubelet.runtime.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The output of a process as an engine sends it. Without a terminal: frames of a stream's number,
 * three zeros, a length in four bytes, and so many bytes; with one: the bytes as they are. One
 * thread reads.
 */
final class Frames {
  static final int STDERR = 2;
  private static final int HEADER_BYTES = 8;
  private static final int LONGEST_READ_BYTES = 32 * 1024;

  private final InputStream input;
  private final boolean raw;
  private int stream = 1;
  private int left;

  Frames(InputStream input, boolean raw) {
    this.input = input;
    this.raw = raw;
  }

  /** The stream that the last answer of {@link #next} or {@link #whole} is of: 1 or 2. */
  int stream() {
    return stream;
  }

  /** Some bytes as soon as there are any, or null at the end. */
  byte[] next() throws IOException {
    if (!raw && left == 0 && !header()) {
      return null;
    }
    var bytes = new byte[raw ? LONGEST_READ_BYTES : Math.min(left, LONGEST_READ_BYTES)];
    int count = input.read(bytes);
    if (count < 0) {
      return null;
    }
    left -= raw ? 0 : count;
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  /** A whole frame, or null at the end. */
  byte[] whole() throws IOException {
    if (!header()) {
      return null;
    }
    var bytes = input.readNBytes(left);
    if (bytes.length < left) {
      throw new EOFException("the engine closed the connection in the middle of a line");
    }
    left = 0;
    return bytes;
  }

  /** Empty frames are skipped. */
  private boolean header() throws IOException {
    do {
      var header = input.readNBytes(HEADER_BYTES);
      if (header.length < HEADER_BYTES) {
        return false;
      }
      stream = header[0];
      left = ByteBuffer.wrap(header).getInt(4);
    } while (left == 0);
    return true;
  }
}
