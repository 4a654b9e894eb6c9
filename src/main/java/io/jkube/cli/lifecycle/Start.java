package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.server.CommandServer;
import io.jkube.cluster.Cluster;
import io.jkube.cluster.StartConfig;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.StartupFailure;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.folder.ServerLog;
import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;

/** Starts a cluster. */
@picocli.CommandLine.Command(
    description = {
      "Start a cluster, or say that it runs already.",
      "",
      "API server, store, scheduler, controllers and kubelets come up in one process, which goes to"
          + " the background once the API answers and every node is Ready. Containers are made by"
          + " the Docker Engine that your docker command speaks to. The cluster becomes the current"
          + " context of your kubeconfig.",
      "",
      "What a cluster keeps lies in $${JKUBE_HOME:-~/.jkube}/NAME.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 it runs; 1 it does not, stderr says why; 3 no Docker Engine answers.",
      "",
      "Examples:",
      "  jkube start",
      "  jkube start --name test --port 0 --nodes 3 --wait 2m",
      "  jkube start --config cluster.yaml       # nodes: 3"
    })
public final class Start implements Command {
  @Option(
      names = "--name",
      paramLabel = "CLUSTER",
      description = "Name of cluster and context; default: jkube.")
  String name;

  @Option(
      names = "--port",
      description = "Port of the API on 127.0.0.1, the next free one if taken; default: 6443.")
  String port;

  @Option(
      names = "--nodes",
      description = "How many nodes, each a kubelet on the one engine; default: 1.")
  String nodes;

  @Option(
      names = "--insecure-port",
      description =
          "Serve plain HTTP too, on this port of 127.0.0.1; every local user is then the"
              + " administrator. Default: off.")
  String insecurePort;

  @Option(
      names = "--runtime",
      paramLabel = "docker|fake",
      description = "docker, or fake: an engine in memory that runs nothing; default: docker.")
  String runtime;

  @Option(
      names = "--install-docker",
      description =
          "Where no engine answers and you are root: start dockerd, or install Debian's docker.io"
              + " and start it.")
  boolean installDocker;

  @Option(
      names = "--wait",
      description = "How long to wait for every node to be Ready, such as 90s; default: 60s.")
  String wait;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file of settings by the names of these flags; flags win.")
  String config;

  @Option(names = "--foreground", description = "Stay in the foreground and log to stderr.")
  boolean foreground;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json",
      description = "json: tell the progress on stdout, a JSON object a line.")
  String output;

  @Override
  public int run(CommandContext context) throws InterruptedException {
    boolean background = Starter.waits() && !foreground;
    int exitCode = ExitCode.FAILED;
    try {
      exitCode = start(context, background);
    } catch (CommandFailure failure) {
      context.err().println("error: " + failure.getMessage());
      exitCode = failure.exitCode();
    } finally {
      if (background) {
        Starter.tell(exitCode);
      }
    }
    return exitCode;
  }

  private int start(CommandContext context, boolean background) throws InterruptedException {
    long begin = System.nanoTime();
    var progress = progress(context);
    var settings = settings(context);
    var folder = folder(settings, context);
    if (sayIfRunning(folder, context)) {
      return ExitCode.OK;
    }
    if (background) {
      logToFile(folder);
    }
    try (var cluster = Cluster.start(settings, context.environment(), context.clock(), progress);
        var commands = CommandServer.start(folder.commandSocket(), served(cluster, context))) {
      progress.ready(
          settings.name(), cluster.record(), Duration.ofNanos(System.nanoTime() - begin));
      serve(cluster, commands, context, background);
      return ExitCode.OK;
    } catch (StartupFailure failure) {
      return end(failure, folder, context);
    }
  }

  /**
   * Returns when nobody waited for the cluster any more; otherwise the process ends by a signal.
   */
  private static void serve(
      Cluster cluster, CommandServer commands, CommandContext context, boolean background)
      throws InterruptedException {
    var signalled =
        new Thread(
            () -> {
              commands.close();
              cluster.close();
            },
            "stop");
    java.lang.Runtime.getRuntime().addShutdownHook(signalled);
    if (background) {
      boolean waited = Starter.tell(ExitCode.OK);
      Starter.release(context);
      if (!waited) {
        java.lang.Runtime.getRuntime().removeShutdownHook(signalled);
        return;
      }
    }
    new CountDownLatch(1).await();
  }

  private static int end(StartupFailure failure, ClusterFolder folder, CommandContext context)
      throws InterruptedException {
    return switch (failure.kind()) {
      case NO_ENGINE -> throw new CommandFailure(ExitCode.NO_ENGINE, failure.getMessage());
      case RUNS_ALREADY -> {
        if (sayIfRunning(folder, context)) {
          yield ExitCode.OK;
        }
        throw new CommandFailure(failure.getMessage());
      }
      case NOT_READY, OTHER -> throw new CommandFailure(failure.getMessage());
    };
  }

  private static boolean sayIfRunning(ClusterFolder folder, CommandContext context) {
    var running = ServerRecord.ofRunning(folder);
    running.ifPresent(
        server ->
            context
                .err()
                .println("Cluster \"" + folder.name() + "\" runs already: " + server.url()));
    return running.isPresent();
  }

  private StartSettings settings(CommandContext context) {
    try {
      var settings =
          config == null
              ? StartSettings.DEFAULT
              : StartConfig.read(context.path(config), StartSettings.DEFAULT);
      for (var flag : flags().entrySet()) {
        settings = settings.with(flag.getKey(), flag.getValue());
      }
      return settings;
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(wrong.getMessage());
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read " + config + ": " + unreadable.getMessage());
    }
  }

  private Map<String, String> flags() {
    var flags = new LinkedHashMap<String, String>();
    flags.put("name", name);
    flags.put("port", port);
    flags.put("nodes", nodes);
    flags.put("insecure-port", insecurePort);
    flags.put("runtime", runtime);
    flags.put("install-docker", installDocker ? "true" : null);
    flags.put("wait", wait);
    flags.values().removeIf(java.util.Objects::isNull);
    return flags;
  }

  private static ClusterFolder folder(StartSettings settings, CommandContext context) {
    try {
      return ClusterFolder.of(settings.name(), context.environment());
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(wrong.getMessage());
    }
  }

  private Progress progress(CommandContext context) {
    if (output == null) {
      return Starter.hasTerminal(context)
          ? new Progress.OneLine(context.err())
          : new Progress.Lines(context.err());
    }
    if (!output.equals("json")) {
      throw new CommandFailure("--output must be json, not \"" + output + "\"");
    }
    return new Progress.JsonLines(context.out());
  }

  private static CommandServer.Served served(Cluster cluster, CommandContext context) {
    return new CommandServer.Served(
        cluster.folder().name(),
        cluster.record().url(),
        context.commands(),
        cluster.administrator(),
        context.clock());
  }

  /** The terminal is not ours for long: what is logged from now on goes to the cluster's file. */
  private static void logToFile(ClusterFolder folder) {
    try {
      PrivateFiles.createFolder(folder.path());
      var log = new PrintStream(ServerLog.append(folder.log()), true, StandardCharsets.UTF_8);
      System.setErr(log);
      System.setOut(log);
    } catch (IOException failure) {
      throw new CommandFailure("cannot write " + folder.log() + ": " + failure.getMessage());
    }
  }
}
