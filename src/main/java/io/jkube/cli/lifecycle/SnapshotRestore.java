package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.snapshot.Restoration;
import io.jkube.cluster.snapshot.SnapshotException;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a new cluster of a snapshot. */
@picocli.CommandLine.Command(
    description = {
      "Make a new cluster of a snapshot, for jkube start to start.",
      "",
      "The new cluster has all objects of the old one, under the same keys, users and resource"
          + " versions; it starts as the old one was last started. Nodes get the new cluster's name,"
          + " pods that were not over begin anew, and volumes that jkube made begin empty. A file that"
          + " was cut or altered is refused, and nothing is changed.",
      "",
      "With --etcd-servers the state goes into an etcd, below a prefix where nothing is yet, and gets"
          + " revisions of that etcd.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jkube snapshot restore monday.snapshot --name copy",
      "  jkube start --name copy"
    })
public final class SnapshotRestore implements Command {
  @Parameters(paramLabel = "FILE", description = "What jkube snapshot save wrote.")
  String file;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "CLUSTER",
      description = "Name of the new cluster.")
  String name;

  @Mixin EtcdFlags etcd;

  @Override
  public int run(CommandContext context) {
    try {
      var target = ClusterFolder.of(name, context.environment());
      var settings = StartSettings.DEFAULT;
      for (var flag : etcd.given(context).entrySet()) {
        settings = settings.with(flag.getKey(), flag.getValue());
      }
      var restoration = new Restoration(target, settings.checked(), context.clock());
      var from = restoration.from(context.path(file));
      context
          .err()
          .printf(
              "Cluster \"%s\" made of cluster \"%s\" as of %s: %d objects%n"
                  + "Start it with: jkube start --name %1$s%n",
              name, from.cluster(), from.taken(), from.objects());
      return ExitCode.OK;
    } catch (SnapshotException | IllegalArgumentException refused) {
      throw new CommandFailure(refused.getMessage());
    } catch (IOException failure) {
      throw new CommandFailure("cannot restore " + file + ": " + failure.getMessage());
    }
  }
}
