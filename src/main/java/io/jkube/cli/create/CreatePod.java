package io.jkube.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a pod of one container. */
@CommandLine.Command(
    description = "Create a pod of one container.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube create pod web --image nginx --port 80",
      "  jkube create pod once --image busybox:1.36 --restart Never -- echo hello",
      "  jkube create pod tool --image busybox:1.36 --command -- sleep 3600",
      "  jkube create pod web --image nginx --env MODE=dev --label app=web",
      "  jkube create pod web --image nginx --dry-run=client -o yaml",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the pod was created", "1:it was refused"})
public final class CreatePod implements Command {
  private static final Set<String> RESTART_POLICIES = Set.of("Always", "OnFailure", "Never");

  @Mixin CreateFlags flags = new CreateFlags();

  @Parameters(index = "0", paramLabel = "NAME", description = "The pod's name.")
  String name;

  @Parameters(
      index = "1..*",
      paramLabel = "ARG",
      description = "Behind --: the arguments of the image's program.")
  List<String> arguments = new ArrayList<>();

  @Option(names = "--image", required = true, paramLabel = "IMAGE", description = "The image.")
  String image;

  @Option(
      names = "--image-pull-policy",
      paramLabel = "Always|IfNotPresent|Never",
      description = "When the image is pulled.")
  String pullPolicy = "";

  @Option(names = "--port", paramLabel = "PORT", description = "A port the container serves.")
  List<Integer> ports = new ArrayList<>();

  @Option(names = "--env", paramLabel = "KEY=VALUE", description = "A variable of its environment.")
  List<String> environment = new ArrayList<>();

  @Option(
      names = {"-l", "--label", "--labels"},
      split = ",",
      paramLabel = "KEY=VALUE",
      description = "A label of the pod; default: run=NAME.")
  List<String> labels = new ArrayList<>();

  @Option(
      names = "--restart",
      paramLabel = "Always|OnFailure|Never",
      description = "Whether the container is started again when it ends; default: Always.")
  String restart = "Always";

  @Option(
      names = "--command",
      description = "What stands behind -- replaces the image's program, not only its arguments.")
  boolean command;

  @Override
  public int run(CommandContext context) {
    if (!RESTART_POLICIES.contains(restart)) {
      throw new CommandFailure("invalid restart policy: " + restart);
    }
    return new Creation(flags, context).create(pod());
  }

  private ObjectNode pod() {
    var pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    var metadata = flags.metadata(pod, name);
    if (labels.isEmpty()) {
      metadata.putObject("labels").put("run", name);
    } else {
      Pairs.into(metadata.putObject("labels"), labels, "label");
    }
    var spec = pod.putObject("spec");
    spec.putArray("containers").add(container());
    spec.put("dnsPolicy", "ClusterFirst").put("restartPolicy", restart);
    pod.putObject("status");
    return pod;
  }

  private ObjectNode container() {
    var container = Json.object().put("name", name).put("image", image);
    if (!pullPolicy.isEmpty()) {
      container.put("imagePullPolicy", pullPolicy);
    }
    if (!arguments.isEmpty()) {
      var words = container.putArray(command ? "command" : "args");
      arguments.forEach(words::add);
    }
    if (!environment.isEmpty()) {
      var variables = Json.object();
      Pairs.into(variables, environment, "env");
      var list = container.putArray("env");
      variables
          .propertyStream()
          .forEach(
              each -> list.addObject().put("name", each.getKey()).set("value", each.getValue()));
    }
    if (!ports.isEmpty()) {
      var list = container.putArray("ports");
      ports.forEach(port -> list.addObject().put("containerPort", port));
    }
    container.putObject("resources");
    return container;
  }
}
