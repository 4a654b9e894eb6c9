package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.Shutdown;
import io.jkube.cluster.StartupFailure;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a cluster's server. */
@picocli.CommandLine.Command(
    description = {
      "Stop a cluster's server.",
      "",
      "State stays, and so do the pods: their containers go on, and the next jkube start takes them"
          + " over without restarting them.",
      ""
    })
public final class Stop implements Command {
  @Mixin ClusterFlag cluster;

  @Option(names = "--pods", description = "Stop the pods' containers too.")
  boolean pods;

  @Override
  public int run(CommandContext context) throws InterruptedException {
    var folder = cluster.existing(context);
    boolean ran = Shutdown.stopServer(folder);
    context
        .err()
        .println("Cluster \"" + folder.name() + "\" " + (ran ? "stopped" : "was not running"));
    if (pods) {
      stopPods(context);
    }
    return ExitCode.OK;
  }

  private void stopPods(CommandContext context) {
    try {
      Shutdown.stopPods(cluster.folder(context), context.environment());
      context.err().println("Its pods' containers stopped");
    } catch (StartupFailure failure) {
      throw Failures.of(failure);
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read the cluster's folder: " + unreadable.getMessage());
    }
  }
}
