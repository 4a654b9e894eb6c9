package io.jkube.cli.attach;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.stream.ContainerFlags;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what the first process of a container prints from now on, and lets the user answer. */
@CommandLine.Command(
    description = "Watch the process of a container, and speak with it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube attach web                         what it prints from now on",
      "  jkube attach web -c main -i              with input",
      "  jkube attach -it web                     on this terminal, where the container has one",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the process ended", "1:it does not run"})
public final class Attach implements Command {
  @Mixin ContainerFlags flags = new ContainerFlags();

  @Parameters(paramLabel = "POD | TYPE/NAME", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) {
    if (arguments.size() != 1) {
      throw CommandFailure.usage(
          arguments.isEmpty()
              ? "at least 1 argument is required for attach"
              : "expected POD, got " + arguments.size() + " arguments",
          "attach");
    }
    return flags.run(context, "attach", arguments.getFirst(), List.of());
  }
}
