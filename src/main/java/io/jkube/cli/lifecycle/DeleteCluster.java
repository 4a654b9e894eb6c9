package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.Shutdown;
import io.jkube.cluster.StartupFailure;
import io.jkube.cluster.kubeconfig.KubeconfigException;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** Removes a cluster with everything in it. */
@picocli.CommandLine.Command(
    description = {
      "Delete a cluster: its server, its containers and network in the engine, its state, its entry"
          + " in the kubeconfig. Nothing of any other cluster.",
      "",
      "Without a resource, jkube delete means this; jkube delete TYPE NAME deletes objects.",
      ""
    })
public final class DeleteCluster implements Command {
  @Mixin ClusterFlag cluster;

  @Override
  public int run(CommandContext context) throws InterruptedException {
    var folder = cluster.existing(context);
    try {
      Shutdown.stopServer(folder);
      Shutdown.delete(folder, context.environment());
    } catch (StartupFailure failure) {
      throw Failures.of(failure);
    } catch (KubeconfigException refused) {
      context.err().println("warning: its entry in the kubeconfig stays: " + refused.getMessage());
    } catch (IOException failure) {
      throw new CommandFailure("cannot remove " + folder.path() + ": " + failure.getMessage());
    }
    context.err().println("Cluster \"" + folder.name() + "\" deleted");
    return ExitCode.OK;
  }
}
