package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.contract.RuntimeSpecs;
import io.jkube.kubelet.runtime.ContainerRuntime.AttachRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.LogLine;
import io.jkube.kubelet.runtime.ContainerRuntime.LogRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.ProcessStream;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs, and the streams of processes, on a real engine. One pod for all tests. */
@Timeout(60)
final class DockerStreamsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static DockerFixture docker;
  private static DockerRuntime runtime;
  private static String image;
  private static String shell;

  @BeforeAll
  static void open() throws Exception {
    image = BusyboxImage.in(DockerFixture.ENGINE);
    docker = DockerFixture.open();
    runtime = docker.cluster().runtime("node");
    shell = run("shell", List.of("sleep", "1000"), false, false);
  }

  @AfterAll
  static void close() {
    docker.close();
  }

  @Test
  void inputEndsAndOutputStillComes() throws Exception {
    try (var cat =
        runtime.openExec(shell, new ExecRequest(List.of("cat"), true, true, true, false))) {
      var big = "0123456789".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
      var writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var stdin = cat.stdin()) {
                      stdin.write(big);
                    } catch (java.io.IOException lost) {
                      throw new java.io.UncheckedIOException(lost);
                    }
                  });
      assertEquals(big.length, output(cat, false).length());
      writer.join();
      assertEquals(0, cat.awaitExit());
    }
  }

  @Test
  void theTwoOutputsAreToldApartAndTheExitCodeComes() {
    var script = List.of("sh", "-c", "echo out; echo err >&2; exit 5");
    var result = runtime.exec(shell, script, PATIENCE);
    assertEquals("out\n", new String(result.stdout()));
    assertEquals("err\n", new String(result.stderr()));
    assertEquals(5, result.exitCode());
  }

  @Test
  void aCommandThatTakesTooLongIsTimedOut() {
    long before = System.nanoTime();
    var failure =
        assertThrows(
            RuntimeFailure.class,
            () -> runtime.exec(shell, List.of("sleep", "30"), Duration.ofMillis(300)));
    assertEquals(RuntimeFailure.Kind.TIMED_OUT, failure.kind());
    assertTrue(System.nanoTime() - before < Duration.ofSeconds(5).toNanos());
  }

  @Test
  void aCommandThatIsNotThereSaysSo() {
    var missing = List.of("/no/such/program");
    try {
      var result = runtime.exec(shell, missing, PATIENCE);
      assertTrue(result.exitCode() == 126 || result.exitCode() == 127, result.toString());
    } catch (RuntimeFailure failure) {
      assertTrue(failure.getMessage().contains("/no/such/program"), failure.getMessage());
    }
  }

  @Test
  void aTerminalHasASizeAndOneStream() {
    var request = new ExecRequest(List.of("sh", "-c", "read x; stty size"), true, true, true, true);
    try (var terminal = runtime.openExec(shell, request)) {
      terminal.resize(123, 45);
      terminal.stdin().write("go\n".getBytes(StandardCharsets.US_ASCII));
      assertTrue(output(terminal, false).contains("45 123"));
      assertEquals(0, terminal.awaitExit());
    } catch (java.io.IOException lost) {
      throw new java.io.UncheckedIOException(lost);
    }
  }

  @Test
  void anAttachedProcessIsSpokenWithAndItsEndAwaited() throws Exception {
    var id = run("attached", List.of("sh", "-c", "read x; echo got $x; exit 4"), true, false);
    try (var process = runtime.attach(id, new AttachRequest(true, true, true, false))) {
      process.stdin().write("this\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("got this\n", output(process, false));
      assertEquals(4, process.awaitExit());
    }
  }

  @Test
  void linesHaveTheirStreamTheirTimeAndTheirNewline() {
    var script = "echo one; echo two >&2; printf three";
    var id = run("lines", List.of("sh", "-c", script), false, false);
    awaitEnd(id);
    var lines = lines(id, new LogRequest(false, -1, null, false, true, true));
    assertEquals(
        List.of("one\n", "two\n", "three"),
        texts(lines).stream().sorted(DockerStreamsIT::order).toList());
    assertEquals(
        List.of("stderr"),
        lines.stream().filter(line -> text(line).equals("two\n")).map(LogLine::stream).toList());
    assertEquals(
        List.of("two\n"), texts(lines(id, new LogRequest(false, -1, null, false, false, true))));
    assertEquals(1, lines(id, new LogRequest(false, 1, null, false, true, true)).size());
  }

  @Test
  void sinceIsExactToTheNanosecond() {
    var id =
        run("since", List.of("sh", "-c", "for i in 1 2 3 4 5; do echo $i; done"), false, false);
    awaitEnd(id);
    var all = lines(id, new LogRequest(false, -1, null, false, true, true));
    Instant third = all.get(2).time();
    var later = lines(id, new LogRequest(false, -1, third, false, true, true));
    assertEquals(List.of("3\n", "4\n", "5\n"), texts(later));
    var after = lines(id, new LogRequest(false, -1, third.plusNanos(1), false, true, true));
    assertEquals(List.of("4\n", "5\n"), texts(after));
  }

  @Test
  void theLogOfATerminalIsReadToo() {
    var long20k = "i=0; while [ $i -lt 2000 ]; do printf 0123456789; i=$((i+1)); done; echo";
    var id = run("tty", List.of("sh", "-c", "echo one; " + long20k), false, true);
    awaitEnd(id);
    var text =
        String.join("", texts(lines(id, new LogRequest(false, -1, null, false, true, true))));
    assertEquals("one\r\n" + "0123456789".repeat(2000) + "\r\n", text);
  }

  @Test
  void aLongLineComesInPartsThatMakeItWhole() {
    var script = "i=0; while [ $i -lt 2000 ]; do printf 0123456789; i=$((i+1)); done; echo";
    var id = run("long", List.of("sh", "-c", script), false, false);
    awaitEnd(id);
    var lines = texts(lines(id, new LogRequest(false, -1, null, false, true, true)));
    assertEquals("0123456789".repeat(2000) + "\n", String.join("", lines));
  }

  private static String run(String name, List<String> command, boolean stdin, boolean tty) {
    var pod = RuntimeSpecs.pod(name);
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.runSandbox(spec).id();
    var container = RuntimeSpecs.container(pod, image, command, stdin, tty);
    var id = runtime.createContainer(spec, sandbox, container);
    runtime.startContainer(id);
    return id;
  }

  private static void awaitEnd(String id) {
    try (var log = runtime.logs(id, new LogRequest(true, -1, null, false, true, true))) {
      while (log.next() != null) {
        // Only its end is of interest.
      }
    }
  }

  private static List<LogLine> lines(String id, LogRequest request) {
    var lines = new ArrayList<LogLine>();
    try (var log = runtime.logs(id, request)) {
      for (var line = log.next(); line != null; line = log.next()) {
        lines.add(line);
      }
      assertNull(log.next());
    }
    return lines;
  }

  private static String output(ProcessStream process, boolean stderr) {
    var all = new ByteArrayOutputStream();
    for (var output = process.next(); output != null; output = process.next()) {
      assertEquals(stderr, output.stderr());
      all.writeBytes(output.bytes());
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static List<String> texts(List<LogLine> lines) {
    return lines.stream().map(DockerStreamsIT::text).toList();
  }

  private static String text(LogLine line) {
    return new String(line.line(), StandardCharsets.UTF_8);
  }

  /** The engine reads the two outputs apart, so their order is not told. */
  private static int order(String one, String other) {
    var order = List.of("one\n", "two\n", "three");
    return order.indexOf(one) - order.indexOf(other);
  }
}
