package io.jkube.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.Discovery;
import io.jkube.cli.resource.PathSegment;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.ResourceArguments;
import io.jkube.cli.resource.ResourceType;
import io.jkube.cli.resource.Target;
import io.jkube.client.ApiCall;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the pods that {@code TYPE/NAME} stands for: those of its selector, or the pod itself.
 *
 * @param doing what fails where a kind has no pods, such as {@code cannot attach to}
 */
public record PodsOf(CommandContext context, String namespace, String doing) {
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");

  /** Those to be reached first: the ones that run and are ready, the oldest of them first. */
  private static final Comparator<JsonNode> USABLE_FIRST =
      Comparator.<JsonNode, Boolean>comparing(PodsOf::runs)
          .thenComparing(PodsOf::isReady)
          .reversed()
          .thenComparing(pod -> pod.at("/metadata/creationTimestamp").asText());

  /**
   * What was named.
   *
   * @param pods at least one, the most usable first
   */
  public record Found(ObjectNode object, ResourceType type, List<ObjectNode> pods) {}

  public Found find(String typeAndName) {
    var discovery = new Discovery(context.transport());
    var target = new ResourceArguments(discovery).read(List.of(typeAndName)).getFirst();
    var object = get(target.type().path(namespace) + "/" + PathSegment.escape(target.name()));
    if (target.type().kind().equals("Pod")) {
      return new Found(object, target.type(), List.of(object));
    }
    var pods = selected(selector(object, target.type()));
    if (pods.isEmpty()) {
      throw new CommandFailure("timed out waiting for the condition");
    }
    return new Found(object, target.type(), pods);
  }

  /** The pods with these labels, the most usable first. */
  public List<ObjectNode> selected(String labels) {
    var discovery = new Discovery(context.transport());
    var pods = new Target(discovery.of(POD).orElseThrow(), "");
    return new ResourceApi(context.transport())
        .list(pods, namespace, Map.of("labelSelector", labels)).stream()
            .sorted(USABLE_FIRST)
            .toList();
  }

  public ObjectNode get(String path) {
    return context.transport().send(ApiCall.of("GET", path, Map.of(), null));
  }

  private String selector(ObjectNode object, ResourceType type) {
    var labels = object.path("spec").path("selector");
    if (labels.isMissingNode()) {
      throw noSelector(object, type);
    }
    return (labels.has("matchLabels") ? labels.path("matchLabels") : labels)
        .propertyStream()
        .filter(label -> label.getValue().isTextual())
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .collect(Collectors.joining(","));
  }

  private CommandFailure noSelector(ObjectNode object, ResourceType type) {
    var kind = type.resource().version() + "." + type.kind();
    return new CommandFailure(
        "%s *%s: %s"
            .formatted(
                doing,
                kind,
                type.kind().equals("Service")
                    ? "invalid service '%s': Service is defined without a selector"
                        .formatted(object.at("/metadata/name").asText())
                    : "selector for *" + kind + " not implemented"));
  }

  private static boolean runs(JsonNode pod) {
    return pod.at("/status/phase").asText().equals("Running");
  }

  private static boolean isReady(JsonNode pod) {
    return pod.at("/status/conditions")
        .valueStream()
        .anyMatch(
            condition ->
                condition.path("type").asText().equals("Ready")
                    && condition.path("status").asText().equals("True"));
  }
}
