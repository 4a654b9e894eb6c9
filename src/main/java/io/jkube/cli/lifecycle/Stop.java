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
    try {
      boolean ran = Shutdown.stopServer(folder);
      say(context, "Cluster \"" + folder.name() + "\" " + (ran ? "stopped" : "was not running"));
      if (pods) {
        Shutdown.stopPods(folder, context.environment());
        say(context, "Its pods' containers stopped");
      }
      return ExitCode.OK;
    } catch (StartupFailure failure) {
      throw Failures.of(failure);
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read the cluster's folder: " + unreadable.getMessage());
    }
  }

  private static void say(CommandContext context, String text) {
    context.err().println(text);
  }
}
