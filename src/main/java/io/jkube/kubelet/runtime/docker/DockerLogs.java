package io.jkube.kubelet.runtime.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.jkube.kubelet.runtime.ContainerRuntime.LogLine;
import io.jkube.kubelet.runtime.ContainerRuntime.LogRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.LogStream;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * A container's log, read as the caller asks for it: a slow reader slows the engine's writer to it
 * and nothing else. Lines are always asked for with their times.
 */
final class DockerLogs implements LogStream {
  /** The engine cuts longer lines into parts of this length, each with its time. */
  private static final int PART_BYTES = 16 * 1024;

  private final Response response;
  private final InputStream input;
  private final Frames frames;
  private final boolean tty;
  private volatile boolean closed;

  private DockerLogs(Response response, boolean tty) {
    this.response = response;
    this.input = new BufferedInputStream(response.getBody());
    this.frames = new Frames(input, false);
    this.tty = tty;
  }

  static DockerLogs open(Engine engine, String id, LogRequest request, boolean tty) {
    return new DockerLogs(engine.stream("GET", path(id, request), Map.of()), tty);
  }

  @Override
  public LogLine next() {
    try {
      var line = tty ? rawLine() : frames.whole();
      return line == null ? null : timed(line);
    } catch (IOException lost) {
      if (closed && !Thread.currentThread().isInterrupted()) {
        return null;
      }
      throw EngineFailures.lost(lost);
    }
  }

  @Override
  public void close() {
    closed = true;
    response.close();
  }

  /** {@code since} with nanoseconds, which docker-java's command does not know. */
  private static String path(String id, LogRequest request) {
    var path = new StringBuilder("/containers/").append(id).append("/logs?timestamps=1");
    path.append("&stdout=").append(request.stdout()).append("&stderr=").append(request.stderr());
    path.append("&follow=").append(request.follow());
    if (request.tail() >= 0) {
      path.append("&tail=").append(request.tail());
    }
    if (request.since() != null) {
      var since = request.since();
      path.append("&since=%d.%09d".formatted(since.getEpochSecond(), since.getNano()));
    }
    return path.toString();
  }

  /** A terminal's log has no frames: a line ends at its newline or as long as the engine cuts. */
  private byte[] rawLine() throws IOException {
    var line = new ByteArrayOutputStream();
    int timeBytes = 0;
    for (int next = input.read(); next >= 0; next = input.read()) {
      line.write(next);
      if (timeBytes == 0 && next == ' ') {
        timeBytes = line.size();
      }
      if (next == '\n' || timeBytes > 0 && line.size() - timeBytes == PART_BYTES) {
        return line.toByteArray();
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }

  private LogLine timed(byte[] line) {
    int space = 0;
    while (space < line.length && line[space] != ' ') {
      space++;
    }
    var stream = !tty && frames.stream() == Frames.STDERR ? "stderr" : "stdout";
    try {
      var time = Instant.parse(new String(line, 0, space, StandardCharsets.US_ASCII));
      return new LogLine(
          stream, time, Arrays.copyOfRange(line, Math.min(space + 1, line.length), line.length));
    } catch (DateTimeException notATime) {
      throw new RuntimeFailure(
          RuntimeFailure.Kind.REFUSED, "the engine sent a log line without its time", notATime);
    }
  }
}
