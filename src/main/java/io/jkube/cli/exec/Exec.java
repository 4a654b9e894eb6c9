package io.jkube.cli.exec;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.stream.ContainerFlags;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a command in a container. */
@CommandLine.Command(
    description = "Run a command in a container.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube exec web -- date                   in the first container of pod web",
      "  jkube exec web -c sidecar -- ls /tmp     in another one",
      "  jkube exec -it web -- sh                 a shell on this terminal",
      "  jkube exec deploy/web -- date            in a pod of a deployment",
      "  tar c . | jkube exec -i web -- tar x     with input",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"n:that of the command", "1:it could not be run"})
public final class Exec implements Command {
  @Mixin ContainerFlags flags = new ContainerFlags();

  @Parameters(paramLabel = "POD | TYPE/NAME -- COMMAND", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) {
    if (arguments.isEmpty()) {
      throw CommandFailure.usage("pod, type/name or --filename must be specified", "exec");
    }
    if (arguments.size() == 1) {
      throw CommandFailure.usage("you must specify at least one command for the container", "exec");
    }
    var command = arguments.subList(1, arguments.size());
    return flags.run(context, "exec", arguments.getFirst(), command);
  }
}
