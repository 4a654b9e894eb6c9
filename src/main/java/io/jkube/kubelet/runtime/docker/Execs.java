package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.AttachRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecResult;
import io.jkube.kubelet.runtime.ContainerRuntime.ProcessStream;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Commands in a running container, and the streams of its first process. */
final class Execs {
  private static final Duration FIRST_LOOK = Duration.ofMillis(2);
  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

  private Execs() {}

  /** Runs a command and collects what it writes. */
  static ExecResult run(Engine engine, String id, List<String> command, Duration timeout) {
    var process = open(engine, id, new ExecRequest(command, false, true, true, false));
    try (var limit = TimeLimit.over(process, timeout)) {
      var stdout = new ByteArrayOutputStream();
      var stderr = new ByteArrayOutputStream();
      for (var output = process.next(); output != null; output = process.next()) {
        (output.stderr() ? stderr : stdout).writeBytes(output.bytes());
      }
      if (limit.passed()) {
        throw new RuntimeFailure(
            RuntimeFailure.Kind.TIMED_OUT,
            "command %s timed out after %d ms".formatted(command, timeout.toMillis()),
            null);
      }
      return new ExecResult(process.awaitExit(), stdout.toByteArray(), stderr.toByteArray());
    } finally {
      process.close();
    }
  }

  static ProcessStream open(Engine engine, String id, ExecRequest request) {
    var create =
        Json.object()
            .put("AttachStdin", request.stdin())
            .put("AttachStdout", request.stdout())
            .put("AttachStderr", request.stderr() && !request.tty())
            .put("Tty", request.tty());
    request.command().forEach(create.putArray("Cmd")::add);
    var exec = engine.post("/containers/" + id + "/exec", create).path("Id").asText();
    var input = new StdinPipe();
    var start = Json.object().put("Detach", false).put("Tty", request.tty());
    return new DockerProcess(
        engine.hijack("/exec/" + exec + "/start", start, input.reading()),
        input,
        request.tty(),
        size -> engine.post("/exec/" + exec + "/resize?" + size, Json.object()),
        () -> exitCode(engine, exec));
  }

  static ProcessStream attach(Engine engine, String id, AttachRequest request) {
    var path =
        "/containers/%s/attach?stream=1&stdin=%b&stdout=%b&stderr=%b"
            .formatted(id, request.stdin(), request.stdout(), request.stderr());
    var input = new StdinPipe();
    return new DockerProcess(
        engine.hijack(path, Json.object(), input.reading()),
        input,
        request.tty(),
        size -> engine.post("/containers/" + id + "/resize?" + size, Json.object()),
        () -> waited(engine, id));
  }

  /** The engine notes the end a moment after the streams ended, and tells nobody: look again. */
  private static int exitCode(Engine engine, String exec) {
    var pause = FIRST_LOOK;
    while (true) {
      JsonNode state = engine.get("/exec/" + exec + "/json");
      if (!state.path("Running").asBoolean() && state.hasNonNull("ExitCode")) {
        return state.path("ExitCode").asInt();
      }
      LockSupport.parkNanos(pause.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new RuntimeFailure(
            RuntimeFailure.Kind.INTERRUPTED, "interrupted while a command ran", null);
      }
      pause = pause.compareTo(LONGEST_LOOK) < 0 ? pause.multipliedBy(2) : LONGEST_LOOK;
    }
  }

  private static int waited(Engine engine, String id) {
    return engine.post("/containers/" + id + "/wait", (Duration) null).path("StatusCode").asInt();
  }
}
