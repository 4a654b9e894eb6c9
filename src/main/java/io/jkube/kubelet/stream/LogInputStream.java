package io.jkube.kubelet.stream;

import io.jkube.kubelet.runtime.ContainerRuntime.LogLine;
import io.jkube.kubelet.runtime.ContainerRuntime.LogStream;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Log lines as bytes: each as it was written, behind its time where that is wanted, up to the
 * limit.
 */
final class LogInputStream extends InputStream {
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private final LogStream lines;
  private final boolean timestamps;
  private long left;
  private byte[] current = new byte[0];
  private int position;
  private boolean midLine;

  LogInputStream(LogStream lines, LogOptions options) {
    this.lines = lines;
    this.timestamps = options.timestamps();
    this.left = options.limitBytes() > 0 ? options.limitBytes() : Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 || position == current.length && !next()) {
      return -1;
    }
    int count = (int) Math.min(left, Math.min(length, current.length - position));
    System.arraycopy(current, position, into, offset, count);
    position += count;
    left -= count;
    return count;
  }

  /** What can be read without waiting for the container. */
  @Override
  public int available() {
    return (int) Math.min(left, current.length - position);
  }

  @Override
  public void close() {
    lines.close();
  }

  private boolean next() throws IOException {
    try {
      LogLine line = lines.next();
      while (line != null && line.line().length == 0) {
        line = lines.next();
      }
      if (line == null) {
        return false;
      }
      current = timestamps && !midLine ? timed(line.time(), line.line()) : line.line();
      midLine = current[current.length - 1] != '\n';
      position = 0;
      return true;
    } catch (RuntimeFailure lost) {
      throw new IOException(lost.getMessage(), lost);
    }
  }

  private static byte[] timed(Instant time, byte[] line) {
    var prefix = (NANOS.format(time) + " ").getBytes(StandardCharsets.UTF_8);
    var whole = new byte[prefix.length + line.length];
    System.arraycopy(prefix, 0, whole, 0, prefix.length);
    System.arraycopy(line, 0, whole, prefix.length, line.length);
    return whole;
  }
}
