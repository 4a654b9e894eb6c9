package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a cluster's server logged. */
@picocli.CommandLine.Command(description = {"Print the log of a cluster's server.", ""})
public final class LogsServer implements Command {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final int CHUNK_BYTES = 64 << 10;

  @Mixin ClusterFlag cluster;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as long as the server runs.")
  boolean follow;

  @Override
  public int run(CommandContext context) throws InterruptedException {
    var folder = cluster.existing(context);
    if (!Files.exists(folder.log())) {
      throw new CommandFailure("the server of \"" + folder.name() + "\" has logged nothing yet");
    }
    try {
      long printed = print(folder.log(), 0, context.out());
      var server = ServerRecord.ofRunning(folder).flatMap(ServerRecord::process);
      while (follow && server.isPresent() && !context.out().checkError()) {
        boolean ended = endsSoon(server.get());
        printed = print(folder.log(), printed, context.out());
        if (ended) {
          break;
        }
      }
      return ExitCode.OK;
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read " + folder.log() + ": " + unreadable.getMessage());
    }
  }

  /** Prints what stands behind {@code from}, or all when the file was turned over. */
  private static long print(Path log, long from, PrintStream out) throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(file.length() < from ? 0 : from);
      var chunk = new byte[CHUNK_BYTES];
      for (int read = file.read(chunk); read > 0; read = file.read(chunk)) {
        out.write(chunk, 0, read);
      }
      out.flush();
      return file.getFilePointer();
    }
  }

  private static boolean endsSoon(ProcessHandle server) throws InterruptedException {
    try {
      server.onExit().get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException lives) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("waiting for process " + server.pid(), impossible);
    }
  }
}
