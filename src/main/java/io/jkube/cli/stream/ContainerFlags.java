package io.jkube.cli.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.PathSegment;
import io.jkube.client.ApiCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which container, and which of its streams. */
public final class ContainerFlags {
  private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

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
   * @param named {@code NAME} or {@code pod/NAME}
   * @param command what to start; empty for attach
   * @return its exit code
   */
  public int run(CommandContext context, String subresource, String named, List<String> command) {
    var path = Resources.PODS.path(namespace.in(context)) + "/" + PathSegment.escape(name(named));
    var pod = context.transport().send(ApiCall.of("GET", path, Map.of(), null));
    var phase = pod.at("/status/phase").asText();
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      throw new CommandFailure(
          "cannot %s a container in a completed pod; current phase is %s"
              .formatted(subresource.equals("exec") ? "exec into" : "attach", phase));
    }
    boolean terminal = tty && usable(context);
    var query = new LinkedHashMap<String, List<String>>();
    query.put("container", List.of(container(context, pod)));
    if (!command.isEmpty()) {
      query.put("command", command);
    }
    query.put("stdin", List.of(Boolean.toString(stdin)));
    query.put("stdout", List.of("true"));
    query.put("stderr", List.of(Boolean.toString(!terminal)));
    query.put("tty", List.of(Boolean.toString(terminal)));
    var call = ApiCall.of("GET", path + "/" + subresource, query, null);
    return ProcessSession.run(context, call, stdin, terminal);
  }

  private static String name(String named) {
    int slash = named.indexOf('/');
    if (slash < 0) {
      return named;
    }
    return switch (named.substring(0, slash)) {
      case "pod", "pods", "po" -> named.substring(slash + 1);
      default ->
          throw new CommandFailure(
              "only pods are known here yet, not " + named + ": name one of its pods");
    };
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
    if (!container.isEmpty()) {
      return container;
    }
    var containers = pod.at("/spec/containers");
    var names =
        StreamSupport.stream(containers.spliterator(), false)
            .map(each -> each.path("name").asText())
            .toList();
    var preferred = pod.at("/metadata/annotations").path(DEFAULT_CONTAINER).asText();
    if (names.contains(preferred)) {
      return preferred;
    }
    if (names.size() > 1 && !quiet) {
      context
          .err()
          .println(
              "Defaulted container \"%s\" out of: %s"
                  .formatted(names.getFirst(), names.stream().collect(Collectors.joining(", "))));
    }
    return names.getFirst();
  }
}
