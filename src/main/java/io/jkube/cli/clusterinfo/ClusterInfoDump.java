package io.jkube.cli.clusterinfo;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.print.OutputFlags;
import io.jkube.cli.resource.NamespaceFlag;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes everything that helps to find out what is wrong with a cluster. */
@CommandLine.Command(
    description =
        "Dump nodes, and of namespaces (default: kube-system and the current one) events, workloads,"
            + " services, pods and the logs of all containers.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube cluster-info dump                                  to stdout",
      "  jkube cluster-info dump --output-directory /tmp/state    a file each",
      "  jkube cluster-info dump --all-namespaces",
      "  jkube cluster-info dump --namespaces default,kube-system",
    })
public final class ClusterInfoDump implements Command {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json|yaml",
      description = "The format of objects; default: json.")
  String format = "json";

  @Option(
      names = "--output-directory",
      paramLabel = "FOLDER",
      description = "Write files here instead of stdout; - is stdout.")
  String folder = "";

  @Option(
      names = "--namespaces",
      split = ",",
      paramLabel = "NAMESPACE",
      description = "The namespaces to dump.")
  List<String> namespaces = new ArrayList<>();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "All namespaces.")
  boolean allNamespaces;

  @Override
  public int run(CommandContext context) throws InterruptedException {
    if (!format.equals("json") && !format.equals("yaml")) {
      throw new CommandFailure(
          "unable to match a printer suitable for the output format \""
              + format
              + "\", allowed formats are: json,yaml");
    }
    var sink = folder.isEmpty() || folder.equals("-") ? null : context.path(folder);
    var dump = new Dump(context, OutputFlags.plain(format).printer(context, true), format, sink);
    dump.nodes();
    for (var each : chosen(context, dump)) {
      dump.namespace(each);
    }
    if (sink != null) {
      context.out().println("Cluster info dumped to " + folder);
    }
    return ExitCode.OK;
  }

  private List<String> chosen(CommandContext context, Dump dump) {
    if (allNamespaces) {
      return dump.allNamespaces();
    }
    return namespaces.isEmpty() ? List.of("kube-system", namespace.in(context)) : namespaces;
  }
}
