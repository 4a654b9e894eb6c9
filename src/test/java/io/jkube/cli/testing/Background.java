package io.jkube.cli.testing;

import io.jkube.cli.Cli;
import io.jkube.cli.command.Interruption;
import io.jkube.cli.testing.CommandLines.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A command of jkube that runs until {@link #close()} interrupts it. */
public final class Background implements AutoCloseable {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption();
  private final Thread thread;

  private Background(Jkube jkube, CommandLine line, Path kubeconfig) {
    var context =
        jkube.context(
            InputStream.nullInputStream(),
            out,
            OutputStream.nullOutputStream(),
            kubeconfig,
            interruption);
    thread = Thread.ofVirtual().unstarted(() -> new Cli().run(line.words(), context));
  }

  static Background run(Jkube jkube, CommandLine line, Path kubeconfig) {
    var command = new Background(jkube, line, kubeconfig);
    command.thread.start();
    return command;
  }

  public String stdout() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public boolean isDone() {
    return !thread.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    interruption.raise();
    thread.interrupt();
    thread.join();
  }
}
