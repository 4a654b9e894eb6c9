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

/** The process this program runs in, as the surroundings of a command. */
final class ThisProcess {
  private ThisProcess() {}

  static int askServer(String[] arguments) {
    return Client.run(arguments);
  }

  static CommandContext context(String[] arguments) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    var cluster = ClusterName.of(arguments, System.getenv());
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
        new Cli());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }
}
