package io.jkube.cli.lifecycle;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cluster.folder.ClusterFolder;
import picocli.CommandLine.Option;

/** Which cluster a command about clusters means. */
final class ClusterFlag {
  @Option(
      names = {"--name", "--cluster"},
      paramLabel = "CLUSTER",
      description = "The cluster; default: $$JKUBE_CLUSTER, or jkube.")
  String name;

  /** The folder of the cluster meant. */
  ClusterFolder folder(CommandContext context) {
    try {
      return ClusterFolder.of(name == null ? context.cluster() : name, context.environment());
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(wrong.getMessage());
    }
  }

  /** The folder of a cluster that was started at some time. */
  ClusterFolder existing(CommandContext context) {
    var folder = folder(context);
    if (!folder.exists()) {
      throw new CommandFailure("there is no cluster \"" + folder.name() + "\"");
    }
    return folder;
  }
}
