package io.jkube.cli.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.PathSegment;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which container, and which of its streams. */
public final class ContainerFlags {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();

  @Option(
      names = {"-c", "--container"},
      paramLabel = "CONTAINER",
      description = "The container, where a pod has several.")
  String container = "";

  @Option(
      names = {"-i", "--stdin"},
      description = "Pass what is typed, or piped in, to the process.")
  boolean stdin;

  @Option(
      names = {"-t", "--tty"},
      description = "Give the process this terminal.")
  boolean tty;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only what the process prints.")
  boolean quiet;

  /**
   * Speaks with a process of the container.
   *
   * @param subresource {@code exec} or {@code attach}
   * @param named {@code POD} or {@code TYPE/NAME}
   * @param command what to start; empty for attach
   * @return its exit code
   */
  public int run(CommandContext context, String subresource, String named, List<String> command) {
    var pod = pod(context, named);
    var name = pod.at("/metadata/name").asText();
    var path = Resources.PODS.path(namespace.in(context)) + "/" + PathSegment.escape(name);
    var phase = pod.at("/status/phase").asText();
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      throw new CommandFailure(
          "cannot %s a container in a completed pod; current phase is %s"
              .formatted(subresource.equals("exec") ? "exec into" : "attach", phase));
    }
    boolean terminal = tty && usable(context);
    var process =
        new ProcessCall(path, subresource, container(context, pod), command, stdin, terminal);
    return ProcessSession.run(context, process, Streams.of(context));
  }

  private ObjectNode pod(CommandContext context, String named) {
    var pods = new PodsOf(context, namespace.in(context), "cannot attach to");
    return named.contains("/")
        ? pods.find(named).pods().getFirst()
        : pods.get(Resources.PODS.path(pods.namespace()) + "/" + PathSegment.escape(named));
  }

  private boolean usable(CommandContext context) {
    if (!stdin || context.terminal().inIsTerminal()) {
      return stdin;
    }
    context
        .err()
        .println("Unable to use a TTY - input is not a terminal or the right kind of file");
    return false;
  }

  private String container(CommandContext context, ObjectNode pod) {
    return container.isEmpty()
        ? new PodContainers(pod).preferred(quiet ? null : context.err())
        : container;
  }
}
