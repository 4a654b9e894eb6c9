package io.jkube.cli;

import io.jkube.cli.client.Client;
import io.jkube.cli.client.ClusterName;
import io.jkube.cli.client.NotRunning;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.Interruption;
import io.jkube.cli.command.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The process this program runs in, as the surroundings of a command. */
final class ThisProcess {
  private ThisProcess() {}

  static int askServer(String[] arguments) {
    return Client.run(arguments);
  }

  /**
   * @param place where the command would run: one for a server talks to a cluster as kubectl does
   */
  static CommandContext context(String[] arguments, Word.Place place) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    var cluster =
        switch (place) {
          case SERVER -> ClusterName.talkedTo(arguments, System.getenv());
          case HERE -> ClusterName.of(arguments, System.getenv());
        };
    return new CommandContext(
        new FileInputStream(FileDescriptor.in),
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        new Terminal(0, 0, terminal, terminal, terminal),
        cluster,
        "",
        () -> {
          throw CommandFailure.inFull(NotRunning.text(arguments, System.getenv()));
        },
        InstantSource.system(),
        new Interruption(),
        new Cli(),
        Optional.empty());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }
}
