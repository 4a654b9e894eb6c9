package io.jkube.cli.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.snapshot.SnapshotException;
import io.jkube.cluster.snapshot.SnapshotFile;
import io.jkube.cluster.snapshot.SnapshotHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists snapshots. */
@picocli.CommandLine.Command(
    description = {
      "List snapshots: what they are of, and whether they are whole. Every byte is looked at.",
      ""
    },
    footer = {"", "Exit codes: 0 all are whole; 1 one is not."})
public final class SnapshotList implements Command {
  static final String SUFFIX = SnapshotFile.SUFFIX;

  private static final String ROW = "%-40s %-15s %-20s %9s %9s  %s%n";

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Snapshots, or folders with files *.snapshot; default: $${JKUBE_HOME:-~/.jkube}/.snapshots.")
  List<String> places;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json|name",
      description = "json: an array of objects; name: files only.")
  String output = "";

  /**
   * @param problem empty for one that is whole
   * @param header null for one that is not
   */
  private record Found(Path file, SnapshotHeader header, String problem) {}

  /** Where snapshots are that nobody chose a place for: deleting a cluster does not touch them. */
  static Path usualFolder(CommandContext context) {
    return context.home().resolve(".snapshots");
  }

  @Override
  public int run(CommandContext context) {
    var found = new ArrayList<Found>();
    for (var file : files(context)) {
      found.add(look(file));
    }
    switch (output) {
      case "" -> table(found, context);
      case "name" -> found.forEach(each -> context.out().println(each.file()));
      case "json" -> {
        var array = Json.array();
        found.forEach(each -> array.add(json(each)));
        context.out().println(array.toPrettyString());
      }
      default -> throw new CommandFailure("--output must be json or name, not \"" + output + "\"");
    }
    return found.stream().allMatch(each -> each.problem().isEmpty())
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private List<Path> files(CommandContext context) {
    if (places == null) {
      return in(usualFolder(context));
    }
    var files = new ArrayList<Path>();
    for (var place : places) {
      var path = context.path(place);
      if (Files.isDirectory(path)) {
        files.addAll(in(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read " + folder + ": " + unreadable.getMessage());
    }
  }

  private static Found look(Path file) {
    try {
      return new Found(file, SnapshotFile.check(file), "");
    } catch (SnapshotException refused) {
      return new Found(file, null, refused.getMessage());
    } catch (IOException unreadable) {
      return new Found(file, null, "cannot read " + file + ": " + unreadable.getMessage());
    }
  }

  private static void table(List<Found> found, CommandContext context) {
    if (found.isEmpty()) {
      context.err().println("No snapshots. Take one with: jkube snapshot save");
      return;
    }
    context.out().printf(ROW, "FILE", "CLUSTER", "TAKEN", "REVISION", "OBJECTS", "STATE");
    for (var each : found) {
      var header = each.header();
      var name = each.file().getFileName();
      if (header == null) {
        context.out().printf(ROW, name, "-", "-", "-", "-", "Damaged");
      } else {
        var taken = header.taken().truncatedTo(ChronoUnit.SECONDS);
        context
            .out()
            .printf(
                ROW, name, header.cluster(), taken, header.revision(), header.objects(), "Whole");
      }
    }
    context.out().flush();
    found.stream()
        .filter(each -> !each.problem().isEmpty())
        .forEach(each -> context.err().println("error: " + each.problem()));
  }

  private static ObjectNode json(Found found) {
    var node = found.header() == null ? Json.object() : found.header().json();
    node.put("file", found.file().toString()).put("whole", found.problem().isEmpty());
    if (!found.problem().isEmpty()) {
      node.put("problem", found.problem());
    }
    return node;
  }
}
