package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.StateAtRest;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.snapshot.SnapshotException;
import io.jkube.cluster.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Parameters;

/** Saves a cluster in a file. */
@picocli.CommandLine.Command(
    description = {
      "Save a cluster in a file, as it stands at this moment; it may run, and goes on.",
      "",
      "stdout has the file's name. A snapshot of that name is replaced, any other file is not. The"
          + " file holds Secrets and the cluster's keys: only its owner may read it. Values that are"
          + " encrypted on disk are encrypted in it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jkube snapshot save",
      "  jkube snapshot save /backup/monday.snapshot --cluster test"
    })
public final class SnapshotSave implements Command {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "Default: CLUSTER-TIME.snapshot in $${JKUBE_HOME:-~/.jkube}/.snapshots, which no deletion"
              + " of a cluster touches.")
  String file;

  @Override
  public int run(CommandContext context) {
    var path = file == null ? usual(context) : context.path(file);
    long begin = System.nanoTime();
    try {
      if (file == null) {
        PrivateFiles.createFolder(path.getParent());
      }
      var saved = context.snapshots().orElseGet(() -> atRest(context)).save(path);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      context.out().println(path);
      context
          .err()
          .printf(
              "Cluster \"%s\" saved at revision %d: %d objects, %d KiB, %d ms%n",
              saved.cluster(), saved.revision(), saved.objects(), Files.size(path) >> 10, millis);
      return ExitCode.OK;
    } catch (SnapshotException refused) {
      throw new CommandFailure(refused.getMessage());
    } catch (IOException failure) {
      throw new CommandFailure("cannot write " + path + ": " + failure.getMessage());
    }
  }

  private static Snapshots atRest(CommandContext context) {
    var folder = ClusterFolder.of(context.cluster(), context.environment());
    if (!folder.exists()) {
      throw new CommandFailure("there is no cluster \"" + folder.name() + "\"");
    }
    return new StateAtRest(folder, context.clock());
  }

  private static Path usual(CommandContext context) {
    var name = context.cluster() + "-" + STAMP.format(context.clock().instant());
    return SnapshotList.usualFolder(context).resolve(name + SnapshotList.SUFFIX);
  }
}
