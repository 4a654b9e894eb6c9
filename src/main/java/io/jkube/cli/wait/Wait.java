package io.jkube.cli.wait;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.print.OutputFlags;
import io.jkube.cli.resource.FileFlags;
import io.jkube.cli.resource.GoDuration;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.ResourceArguments;
import io.jkube.cli.resource.SelectionFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until objects are as they shall be. */
@CommandLine.Command(
    description = "Wait until objects meet a condition.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube wait --for=condition=Ready pod/web --timeout=60s",
      "  jkube wait --for=condition=Ready=false pod/web",
      "  jkube wait --for=jsonpath='{.status.phase}'=Running pod/web",
      "  jkube wait --for=delete pod/web",
      "  jkube wait --for=create pod/web --timeout=30s",
      "  jkube wait --for=condition=Ready pods --all",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:met, for all of them", "1:not met in time, or an error"})
public final class Wait implements Command {
  private static final Duration WEEK = Duration.ofDays(7);

  @Mixin NamespaceFlag namespace = new NamespaceFlag();
  @Mixin SelectionFlags selection = new SelectionFlags();
  @Mixin FileFlags files = new FileFlags();

  @Option(
      names = "--for",
      paramLabel = "CONDITION",
      description =
          "condition=NAME[=VALUE], jsonpath={PATH}[=VALUE], create or delete; several must all"
              + " hold.")
  List<String> conditions = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "How long to wait; 0: look once; negative: a week; default: 30s.")
  Duration timeout = Duration.ofSeconds(30);

  @Option(names = "--all", description = "All objects of the given types.")
  boolean all;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Mixin OutputFlags output = new OutputFlags();

  @Parameters(paramLabel = "TYPE/NAME | TYPE NAME", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) throws InterruptedException {
    if (conditions.isEmpty()) {
      throw new CommandFailure("unrecognized condition: \"\"");
    }
    if (arguments.isEmpty() && files.isEmpty()) {
      throw new CommandFailure(ResourceArguments.NOTHING_GIVEN);
    }
    var parsed = conditions.stream().map(Condition::parse).toList();
    var limit = timeout.isNegative() ? WEEK : timeout;
    return new WaitRun(this, context, parsed, limit).run();
  }
}
