package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.server.CommandServer;
import io.jkube.cluster.Cluster;
import io.jkube.cluster.ClusterAccess;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.StartupFailure;
import io.jkube.cluster.StartupListener;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.folder.ServerLog;
import io.jkube.cluster.kubeconfig.KubeconfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Mixin;
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
      "A cluster that was there before starts as it was last started: the same port, nodes, runtime."
          + " When a node is not Ready within --wait, the server ends again and says why; state and"
          + " pods stay.",
      "",
      "--output json tells a JSON object a line. Its \"event\" is begun, done or told (with \"step\";"
          + " done with \"millis\", told with \"text\"); the last line is ready or running (with"
          + " \"cluster\", \"server\", \"nodes\", \"pid\") or failed (with \"text\").",
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
  @Mixin StartFlags flags;

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
    } finally {
      if (background) {
        Starter.tell(exitCode);
      }
    }
    return exitCode;
  }

  private int start(CommandContext context, boolean background) throws InterruptedException {
    Progress progress = new Progress.Lines(context.err());
    try {
      progress = progress(context);
      return start(flags.settings(context), progress, context, background);
    } catch (CommandFailure failure) {
      progress.failed(failure.getMessage());
      return failure.exitCode();
    }
  }

  private static int start(
      StartSettings settings, Progress progress, CommandContext context, boolean background)
      throws InterruptedException {
    long begin = System.nanoTime();
    var folder = ClusterFolder.of(settings.name(), context.environment());
    var other = new OtherServer(folder);
    if (background && !other.serves()) {
      logToFile(folder);
    }
    StartupListener listener = progress;
    while (!other.serves()) {
      try (var cluster = Cluster.start(settings, context.environment(), context.clock(), listener);
          var commands = CommandServer.start(folder.commandSocket(), served(cluster, context))) {
        progress.ready(settings.name(), cluster.record(), since(begin));
        serve(cluster, commands, context, background);
        return ExitCode.OK;
      } catch (StartupFailure failure) {
        boolean late = since(begin).compareTo(settings.readyLimit()) > 0;
        if (failure.kind() != StartupFailure.Kind.RUNS_ALREADY || late) {
          throw Failures.of(failure);
        }
        // The other is coming up, or going down: in the end it serves, or leaves the place to us.
        listener = StartupListener.SILENT;
        OtherServer.giveTime();
      }
    }
    return already(other, progress, context);
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static int already(OtherServer other, Progress progress, CommandContext context)
      throws InterruptedException {
    try {
      var server = other.record();
      ClusterAccess.makeCurrent(other.folder(), server, context.environment(), context.clock());
      progress.already(other.folder().name(), server);
      return ExitCode.OK;
    } catch (KubeconfigException refused) {
      throw new CommandFailure(refused.getMessage());
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read the cluster's keys: " + unreadable.getMessage());
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

  private Progress progress(CommandContext context) {
    if (output == null) {
      return Starter.hasTerminal(context)
          ? new Progress.OneLine(context.err())
          : new Progress.Lines(context.err());
    }
    if (!output.equals("json")) {
      throw new CommandFailure("--output must be json, not \"" + output + "\"");
    }
    return new Progress.JsonLines(context.out(), context.err());
  }

  private static CommandServer.Served served(Cluster cluster, CommandContext context) {
    return new CommandServer.Served(
        cluster.folder().name(),
        cluster.record().url(),
        context.commands(),
        cluster.administrator(),
        context.clock(),
        cluster);
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
