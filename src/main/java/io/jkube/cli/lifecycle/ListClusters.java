package io.jkube.cli.lifecycle;

import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** Lists the clusters of this person. */
@picocli.CommandLine.Command(
    description = {"List the clusters under $${JKUBE_HOME:-~/.jkube}.", ""})
public final class ListClusters implements Command {
  private static final String ROW = "%-20s %-10s %-26s %s%n";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json|name",
      description = "json: an array of objects; name: names only.")
  String output = "";

  @Override
  public int run(CommandContext context) {
    var clusters = clusters(context);
    switch (output) {
      case "" -> table(clusters, context);
      case "name" -> clusters.forEach(state -> context.out().println(state.folder().name()));
      case "json" -> {
        var array = Json.array();
        clusters.forEach(state -> array.add(state.json()));
        context.out().println(array.toPrettyString());
      }
      default -> throw new CommandFailure("--output must be json or name, not \"" + output + "\"");
    }
    return ExitCode.OK;
  }

  private static List<ClusterState> clusters(CommandContext context) {
    try {
      return ClusterFolder.all(context.environment()).stream().map(ClusterState::of).toList();
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "cannot read " + ClusterFolder.home(context.environment()) + ": " + unreadable);
    }
  }

  private static void table(List<ClusterState> clusters, CommandContext context) {
    if (clusters.isEmpty()) {
      context.err().println("No clusters. Start one with: jkube start");
      return;
    }
    context.out().printf(ROW, "NAME", "STATUS", "SERVER", "NODES");
    for (var state : clusters) {
      context
          .out()
          .printf(
              ROW,
              state.folder().name(),
              state.word(),
              state.server().map(ServerRecord::url).orElse("<none>"),
              state.server().map(server -> Integer.toString(server.nodes())).orElse("<none>"));
    }
  }
}
