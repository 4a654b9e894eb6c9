package io.jkube.cli.lifecycle;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.folder.ServerRecord;
import java.io.PrintStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how a cluster is. */
@picocli.CommandLine.Command(
    description = {"Say whether a cluster runs, and where.", ""},
    footer = {"", "Exit codes: 0 it runs; 1 it does not."})
public final class Status implements Command {
  @Mixin ClusterFlag cluster;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json",
      description = "json: the same as a JSON object.")
  String output;

  @Override
  public int run(CommandContext context) {
    var state = ClusterState.of(cluster.existing(context));
    if (output == null) {
      print(state, context.out());
    } else if (output.equals("json")) {
      context.out().println(state.json().toPrettyString());
    } else {
      throw new CommandFailure("--output must be json, not \"" + output + "\"");
    }
    return state.runs() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void print(ClusterState state, PrintStream out) {
    line(out, "Cluster", state.folder().name());
    line(out, "Status", state.word());
    state.server().ifPresent(server -> print(server, state, out));
    line(out, "Folder", state.folder().path().toString());
  }

  private static void print(ServerRecord server, ClusterState state, PrintStream out) {
    line(out, "Server", server.url());
    if (server.insecurePort() != 0) {
      line(out, "Insecure", "http://127.0.0.1:" + server.insecurePort());
    }
    line(out, "Nodes", Integer.toString(server.nodes()));
    line(out, "Runtime", server.runtime());
    if (!state.services().isEmpty()) {
      line(out, "Services", state.services());
    }
    if (!state.ingress().isEmpty()) {
      line(out, "Ingress", state.ingress());
    }
    line(out, "Version", server.version());
    line(out, "Process", server.pid() + ", since " + server.started());
  }

  private static void line(PrintStream out, String what, String value) {
    out.printf("%-10s%s%n", what + ":", value);
  }
}
