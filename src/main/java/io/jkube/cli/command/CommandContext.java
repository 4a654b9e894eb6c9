package io.jkube.cli.command;

import io.jkube.client.Transport;
import io.jkube.cluster.snapshot.Snapshots;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What surrounds one run of a command.
 *
 * @param in read only when the command wants it; nobody else reads it
 * @param out UTF-8, buffered: flush what somebody waits for
 * @param environment of the terminal's process, as far as commands look at it
 * @param workingFolder what relative paths are relative to
 * @param cluster the name of the cluster meant, such as {@code jkube}
 * @param apiUrl where other programs reach its API; empty when this process does not serve it
 * @param api how to reach that cluster's API as this user; throws {@link CommandFailure} when it
 *     does not run
 * @param interruption what must end when the user interrupts
 * @param commands for the command that hands command lines on (a server)
 * @param snapshots of the cluster, where this process serves it
 */
public record CommandContext(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path workingFolder,
    Terminal terminal,
    String cluster,
    String apiUrl,
    Supplier<Transport> api,
    InstantSource clock,
    Interruption interruption,
    Commands commands,
    Optional<Snapshots> snapshots) {
  /**
   * The variable that holds the process whose {@code /dev/fd} is meant; set for a remote client.
   */
  public static final String CLIENT_PID = "JKUBE_CLIENT_PID";

  public CommandContext {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
    environment = Map.copyOf(environment);
    Objects.requireNonNull(workingFolder, "workingFolder");
    Objects.requireNonNull(terminal, "terminal");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(apiUrl, "apiUrl");
    Objects.requireNonNull(api, "api");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(interruption, "interruption");
    Objects.requireNonNull(commands, "commands");
    Objects.requireNonNull(snapshots, "snapshots");
  }

  public Transport transport() {
    return api.get();
  }

  /** Whether stdout may carry colours: a terminal that knows them, and nobody said no. */
  public boolean colours() {
    return terminal.outIsTerminal()
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** A path as the user typed it, made absolute; {@code <(command)} of a shell works remotely. */
  public Path path(String typed) {
    var pid = environment.get(CLIENT_PID);
    if (pid != null && typed.startsWith("/dev/fd/")) {
      return Path.of("/proc", pid, "fd", typed.substring("/dev/fd/".length()));
    }
    return workingFolder.resolve(typed).normalize();
  }

  /** {@code ${JKUBE_HOME:-~/.jkube}}: where the clusters' folders lie. */
  public Path home() {
    var home = environment.getOrDefault("JKUBE_HOME", "");
    return home.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".jkube") : path(home);
  }

  /** The folder of {@link #cluster}. */
  public Path clusterFolder() {
    return home().resolve(cluster);
  }
}
