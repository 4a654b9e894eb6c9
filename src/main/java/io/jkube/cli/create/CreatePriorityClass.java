package io.jkube.cli.create;

import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a priority class. */
@CommandLine.Command(
    description = "Create a priority class.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create priorityclass important --value 1000 --description 'must run'")
public final class CreatePriorityClass implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Option(names = "--value", paramLabel = "N", description = "The priority; default: 0.")
  int value;

  @Option(
      names = "--global-default",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "The priority of pods that name no class.")
  boolean globalDefault;

  @Option(names = "--description", paramLabel = "TEXT", description = "When to use it.")
  String description = "";

  @Option(
      names = "--preemption-policy",
      paramLabel = "PreemptLowerPriority|Never",
      description = "Whether others make way; default: PreemptLowerPriority.")
  String preemptionPolicy = "PreemptLowerPriority";

  @Parameters(paramLabel = "NAME", description = "The class's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var object = Json.object().put("apiVersion", "scheduling.k8s.io/v1");
    object.put("kind", "PriorityClass").putObject("metadata").put("name", name);
    object.put("value", value).put("preemptionPolicy", preemptionPolicy);
    if (globalDefault) {
      object.put("globalDefault", true);
    }
    if (!description.isEmpty()) {
      object.put("description", description);
    }
    return new Creation(flags, context).create(object);
  }
}
