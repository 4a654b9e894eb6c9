package io.jkube.apiserver.proxy;

import io.jkube.api.stream.Link;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of a backend's answer, freed from its framing. Closing it closes the connection. */
public final class ResponseBody extends InputStream {
  private static final int LONGEST_LINE_BYTES = 8 * 1024;
  private static final long TO_THE_END = Long.MAX_VALUE;

  private final InputStream in;
  private final Link link;
  private final boolean chunked;
  private long left;
  private boolean begun;

  private ResponseBody(InputStream in, Link link, boolean chunked, long left) {
    this.in = in;
    this.link = link;
    this.chunked = chunked;
    this.left = left;
  }

  /**
   * @param bodiless of an answer to HEAD
   */
  static ResponseBody of(ResponseHead head, boolean bodiless, InputStream in, Link link)
      throws IOException {
    if (bodiless || head.status() == 204 || head.status() == 304) {
      return new ResponseBody(in, link, false, 0);
    }
    if (head.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      return new ResponseBody(in, link, true, 0);
    }
    var length = head.header("Content-Length");
    if (!length.matches("\\d{0,18}")) {
      throw new IOException("malformed Content-Length");
    }
    return new ResponseBody(
        in, link, false, length.isEmpty() ? TO_THE_END : Long.parseLong(length));
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (chunked && left == 0 && !nextChunk() || left == 0) {
      return -1;
    }
    int count = in.read(into, offset, (int) Math.min(left, length));
    if (count < 0 && left != TO_THE_END) {
      throw new EOFException("the backend's answer was cut off");
    }
    left -= left == TO_THE_END ? 0 : count;
    return count;
  }

  /** What can be read without waiting for the backend. */
  @Override
  public int available() throws IOException {
    return (int) Math.min(left, in.available());
  }

  @Override
  public void close() throws IOException {
    link.close();
  }

  private boolean nextChunk() throws IOException {
    if (begun) {
      ResponseHead.line(in, LONGEST_LINE_BYTES);
    }
    begun = true;
    var size = ResponseHead.line(in, LONGEST_LINE_BYTES).split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("a malformed chunk in the backend's answer");
    }
    left = Long.parseLong(size, 16);
    return left > 0;
  }
}
