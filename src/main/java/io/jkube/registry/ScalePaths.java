package io.jkube.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSelector;
import java.util.stream.Collectors;

/**
 * Where a kind keeps what its {@code scale} subresource shows and sets; JSON pointers.
 *
 * @param specReplicas how many are wanted: {@code /spec/replicas}
 * @param statusReplicas how many there are
 * @param selector what they are found by: an object with {@code matchLabels}, a plain map of
 *     labels, or a text; empty when the kind does not say
 */
public record ScalePaths(String specReplicas, String statusReplicas, String selector) {
  /** As Deployments, ReplicaSets, StatefulSets and ReplicationControllers have them. */
  public static final ScalePaths BUILT_IN =
      new ScalePaths("/spec/replicas", "/status/replicas", "/spec/selector");

  /** The selector as text, or "". */
  public String selectorText(ObjectNode object) {
    var found = selector.isEmpty() ? object.missingNode() : object.at(selector);
    if (!found.isObject()) {
      return found.asText();
    }
    if (found.has("matchLabels") || found.has("matchExpressions")) {
      return LabelSelector.of(found).toString();
    }
    return found.properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .sorted()
        .collect(Collectors.joining(","));
  }
}
