package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;

/** What snapshots are, for those who ask. */
@picocli.CommandLine.Command(
    description = {
      "Save a cluster in a file, and make new clusters of such files.",
      "",
      "A snapshot holds every object as it stood at one moment, and the cluster's keys. What volumes"
          + " and containers hold is not in it, nor are images. As Secrets and keys are in it, only"
          + " its owner may read the file.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jkube snapshot save before-upgrade.snapshot",
      "  jkube snapshot restore before-upgrade.snapshot --name copy && jkube start --name copy",
      "  jkube snapshot list"
    })
public final class Snapshot implements Command {
  @Override
  public int run(CommandContext context) {
    throw CommandFailure.usage("save, restore or list?", "snapshot");
  }
}
