package io.jkube.kubelet.runtime.docker.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of a response as HTTP/1.1 frames it: by length, in chunks, or to the end. */
abstract class Body extends InputStream {
  private final byte[] single = new byte[1];

  /** Whether all of it was read, so that the connection may serve the next request. */
  abstract boolean complete();

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  static Body of(ResponseHead head, boolean hijacked, InputStream input) throws IOException {
    if (hijacked) {
      return new ToTheEnd(input);
    }
    if (head.status() == 204 || head.status() == 304) {
      return new Sized(input, 0);
    }
    if (head.says("Transfer-Encoding", "chunked")) {
      return new Chunked(input);
    }
    long length = head.contentLength();
    return length < 0 ? new ToTheEnd(input) : new Sized(input, length);
  }

  /** A body of a length told before it. */
  private static final class Sized extends Body {
    private final InputStream input;
    private long left;

    Sized(InputStream input, long length) {
      this.input = input;
      this.left = length;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = input.read(into, offset, (int) Math.min(left, length));
      if (count < 0) {
        throw new EOFException("the engine closed the connection in the middle of an answer");
      }
      left -= count;
      return count;
    }

    @Override
    boolean complete() {
      return left == 0;
    }
  }

  /** A body in chunks, each with its length before it; one of length 0 ends it. */
  private static final class Chunked extends Body {
    private final InputStream input;
    private long left;
    private boolean first = true;
    private boolean complete;

    Chunked(InputStream input) {
      this.input = input;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 && !complete) {
        nextChunk();
      }
      if (complete) {
        return -1;
      }
      int count = input.read(into, offset, (int) Math.min(left, length));
      if (count < 0) {
        throw new EOFException("the engine closed the connection in the middle of an answer");
      }
      left -= count;
      return count;
    }

    private void nextChunk() throws IOException {
      if (!first) {
        ResponseHead.line(input);
      }
      first = false;
      var size = ResponseHead.line(input).split(";", 2)[0].strip();
      try {
        left = Long.parseLong(size, 16);
      } catch (NumberFormatException malformed) {
        throw new IOException("the engine sent a malformed chunk", malformed);
      }
      if (left == 0) {
        while (!ResponseHead.line(input).isEmpty()) {
          // Trailers say nothing we need.
        }
        complete = true;
      }
    }

    @Override
    boolean complete() {
      return complete;
    }
  }

  /** A body that ends with its connection. */
  private static final class ToTheEnd extends Body {
    private final InputStream input;

    ToTheEnd(InputStream input) {
      this.input = input;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return input.read(into, offset, length);
    }

    @Override
    boolean complete() {
      return false;
    }
  }
}
