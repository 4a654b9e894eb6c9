package io.jkube.testing;

import io.jkube.kubelet.runtime.docker.EngineAddress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/**
 * A Docker Engine of the test's own, which may be stopped and started without harm to any other: in
 * a network namespace of its own, with folders of its own. Needs root.
 */
public final class OwnEngine implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Path folder;
  private Process engine;

  private OwnEngine(Path folder) {
    this.folder = folder;
  }

  public static OwnEngine open() throws IOException, InterruptedException {
    var engine = new OwnEngine(Files.createTempDirectory("jkube-engine"));
    engine.start();
    return engine;
  }

  public EngineAddress address() {
    return EngineAddress.unix(socket().toString());
  }

  /** As {@code DOCKER_HOST} names it. */
  public String host() {
    return "unix://" + socket();
  }

  /** Returns when it answers. */
  public void start() throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("pid"));
    var command =
        List.of(
            "unshare",
            "--net",
            "dockerd",
            "--data-root=" + folder.resolve("data"),
            "--exec-root=" + folder.resolve("exec"),
            "--pidfile=" + folder.resolve("pid"),
            "--host=" + host(),
            "--bridge=none",
            "--shutdown-timeout=1");
    var log = ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile());
    engine = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!accepts()) {
      Assertions.assertTrue(
          engine.isAlive() && System.nanoTime() < deadline, () -> "no engine: " + log());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Ends it, and with it every container's process. */
  public void stop() throws InterruptedException {
    engine.destroy();
    Assertions.assertTrue(
        engine.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> "does not end: " + log());
  }

  /** From now on it answers nothing; what it runs, runs on. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** It goes on where it was frozen. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(engine.pid())).start();
    Assertions.assertEquals(0, kill.waitFor());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop();
    Assertions.assertEquals(
        0, new ProcessBuilder("rm", "-rf", folder.toString()).inheritIO().start().waitFor());
  }

  private Path socket() {
    return folder.resolve("docker.sock");
  }

  private boolean accepts() {
    try (var connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return connection.connect(UnixDomainSocketAddress.of(socket()));
    } catch (IOException notYet) {
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException none) {
      return none.toString();
    }
  }
}
