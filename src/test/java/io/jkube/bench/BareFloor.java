package io.jkube.bench;

import java.io.IOException;
import java.nio.file.Files;

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
    var errors = lab.folder().resolve("bare.err");
    var command =
        lab.java(
            BareServer.class, cluster.folder().keys().toString(), file.toString(), port.toString());
    var process = lab.program().start(command, lab.folder().resolve("bare.log"), errors);
    while (!Files.exists(port)) {
      if (!process.isAlive()) {
        throw new IOException("the bare server ended: " + Files.readString(errors));
      }
      Thread.sleep(POLL_MILLIS);
    }
    return new BareFloor(process, "https://127.0.0.1:" + Files.readString(port) + "/");
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
