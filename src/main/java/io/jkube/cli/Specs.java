package io.jkube.cli;

import io.jkube.cli.command.Command;
import io.jkube.cli.resource.NamespaceFlag;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Builds picocli's parser of one command, with the flags that every command has. */
final class Specs {
  private Specs() {}

  static CommandLine of(Command command, CommandLineWords line) {
    var parser = new CommandLine(command);
    parser.setCommandName(line.name());
    parser.setExpandAtFiles(false);
    var spec = parser.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    if (line.place() == Word.Place.SERVER) {
      spec.addOption(cluster());
    }
    return parser;
  }

  /** The flags that may stand before a command's name. */
  static CommandSpec beforeTheCommand() {
    return CommandSpec.forAnnotatedObject(new NamespaceFlag()).addOption(cluster());
  }

  /** Read by the client, which has to find the server's socket; here it is only let through. */
  private static OptionSpec cluster() {
    return OptionSpec.builder("--cluster")
        .paramLabel("CLUSTER")
        .type(String.class)
        .description(
            "The cluster to talk to; default: $JKUBE_CLUSTER,"
                + " that of the kubeconfig's current context, or jkube.")
        .build();
  }
}
