package io.jkube.cli.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Resources;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.Awaiting;
import io.jkube.cli.resource.Discovery;
import io.jkube.cli.resource.PathSegment;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.ResourceArguments;
import io.jkube.cli.resource.ResourceType;
import io.jkube.cli.resource.Target;
import io.jkube.client.ApiCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the containers that a command line means. */
final class LogSources {
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
  private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

  private final Logs flags;
  private final CommandContext context;
  private final String namespace;
  private final Discovery discovery;

  LogSources(Logs flags, CommandContext context) {
    this.flags = flags;
    this.context = context;
    this.namespace = flags.namespace.in(context);
    this.discovery = new Discovery(context.transport());
  }

  List<LogSource> find() {
    if (!flags.selector.isEmpty()) {
      var pods = pods(flags.selector);
      if (pods.isEmpty()) {
        context.err().println("No resources found in " + namespace + " namespace.");
      }
      return pods.stream().flatMap(pod -> containers(pod).stream()).toList();
    }
    var named = flags.arguments.getFirst();
    if (!named.contains("/")) {
      return containers(pod(named));
    }
    var target = new ResourceArguments(discovery).read(List.of(named)).getFirst();
    var object = get(target.type().path(namespace) + "/" + PathSegment.escape(target.name()));
    return target.type().kind().equals("Pod")
        ? containers(object)
        : ofWorkload(object, target.type());
  }

  private JsonNode pod(String name) {
    try {
      return get(Resources.PODS.path(namespace) + "/" + PathSegment.escape(name));
    } catch (ApiException refused) {
      if (!Awaiting.isNotFound(refused)) {
        throw refused;
      }
      throw new CommandFailure(
          "error from server (NotFound): pods \"%s\" not found in namespace \"%s\""
              .formatted(name, namespace));
    }
  }

  private List<LogSource> ofWorkload(JsonNode workload, ResourceType type) {
    if (!workload.path("spec").has("selector")) {
      throw noSelector(workload, type);
    }
    var labels = workload.path("spec").path("selector");
    var selector =
        (labels.has("matchLabels") ? labels.path("matchLabels") : labels)
            .propertyStream()
            .filter(label -> label.getValue().isTextual())
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .collect(Collectors.joining(","));
    var pods = pods(selector);
    if (pods.isEmpty()) {
      throw new CommandFailure("timed out waiting for the condition");
    }
    if (flags.allPods) {
      flags.prefix = true;
      return pods.stream().flatMap(pod -> containers(pod).stream()).toList();
    }
    if (pods.size() > 1) {
      var name = pods.getFirst().path("metadata").path("name").asText();
      context.err().println("Found " + pods.size() + " pods, using pod/" + name);
    }
    return containers(pods.getFirst());
  }

  private static CommandFailure noSelector(JsonNode object, ResourceType type) {
    var kind = type.resource().version() + "." + type.kind();
    return new CommandFailure(
        "cannot get the logs from *%s: %s"
            .formatted(
                kind,
                type.kind().equals("Service")
                    ? "invalid service '%s': Service is defined without a selector"
                        .formatted(name(object))
                    : "selector for *" + kind + " not implemented"));
  }

  private List<ObjectNode> pods(String selector) {
    var pods = new Target(discovery.of(POD).orElseThrow(), "");
    return new ResourceApi(context.transport())
        .list(pods, namespace, Map.of("labelSelector", selector));
  }

  private JsonNode get(String path) {
    return context.transport().send(ApiCall.of("GET", path, Map.of(), null));
  }

  private List<LogSource> containers(JsonNode pod) {
    var names = names(pod);
    if (flags.allContainers) {
      return names.stream().map(name -> source(pod, name)).toList();
    }
    if (!flags.container.isEmpty()) {
      if (!names.contains(flags.container)) {
        throw new CommandFailure(
            "container %s is not valid for pod %s out of: %s"
                .formatted(flags.container, name(pod), shownNames(pod)));
      }
      return List.of(source(pod, flags.container));
    }
    var preferred = pod.path("metadata").path("annotations").path(DEFAULT_CONTAINER).asText();
    if (names.contains(preferred)) {
      return List.of(source(pod, preferred));
    }
    var first = pod.path("spec").path("containers").path(0).path("name").asText();
    if (names.size() > 1 && !flags.allPods) {
      context
          .err()
          .println("Defaulted container \"%s\" out of: %s".formatted(first, shownNames(pod)));
    }
    return List.of(source(pod, first));
  }

  /** Init containers first, as they ran first. */
  private static List<String> names(JsonNode pod) {
    var names = new ArrayList<String>();
    for (var field : List.of("initContainers", "containers", "ephemeralContainers")) {
      pod.path("spec").path(field).forEach(each -> names.add(each.path("name").asText()));
    }
    return names;
  }

  private static String shownNames(JsonNode pod) {
    var names = new ArrayList<String>();
    var spec = pod.path("spec");
    spec.path("containers").forEach(each -> names.add(each.path("name").asText()));
    spec.path("ephemeralContainers")
        .forEach(each -> names.add(each.path("name").asText() + " (ephem)"));
    spec.path("initContainers").forEach(each -> names.add(each.path("name").asText() + " (init)"));
    return String.join(", ", names);
  }

  private LogSource source(JsonNode pod, String container) {
    return new LogSource(namespace, name(pod), container);
  }

  private static String name(JsonNode pod) {
    return pod.path("metadata").path("name").asText();
  }
}
