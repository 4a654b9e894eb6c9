package io.jkube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link BareServer} in a process of its own, with the keys of a cluster. */
final class BareFloor implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final String url;

  private BareFloor(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static BareFloor start(Lab lab, RunningCluster cluster, byte[] body)
      throws IOException, InterruptedException {
    var file = Files.write(lab.folder().resolve("body"), body);
    var port = lab.folder().resolve("port");
    Files.deleteIfExists(port);
    var log = lab.folder().resolve("bare.log");
    var command =
        lab.java(
            BareServer.class, cluster.folder().keys().toString(), file.toString(), port.toString());
    var process = lab.program().start(command, log, lab.folder().resolve("bare.err"));
    while (!Files.exists(port)) {
      if (!process.isAlive()) {
        throw new IOException(
            "the bare server ended: " + Files.readString(Path.of(lab.folder() + "/bare.err")));
      }
      Thread.sleep(POLL_MILLIS);
    }
    return new BareFloor(process, "https://127.0.0.1:" + Files.readString(port) + "/");
  }

  String url() {
    return url;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
