package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.ClusterAccess;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** Prints how to reach a cluster. */
@picocli.CommandLine.Command(
    description = {
      "Print a kubeconfig for this cluster alone, with the administrator's key in it.",
      ""
    })
public final class PrintKubeconfig implements Command {
  @Mixin ClusterFlag cluster;

  @Override
  public int run(CommandContext context) throws InterruptedException {
    try {
      context.out().print(ClusterAccess.kubeconfig(cluster.existing(context), context.clock()));
      return ExitCode.OK;
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read the cluster's keys: " + unreadable.getMessage());
    }
  }
}
