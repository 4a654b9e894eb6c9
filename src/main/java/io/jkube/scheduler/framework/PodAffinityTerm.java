package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pods to be near to, or far from, and what near means: the same value of a label of the node.
 *
 * @param topologyKey that label
 * @param namespaces where those pods are, beside the namespaces that {@code namespaceSelector}
 *     selects
 */
public record PodAffinityTerm(
    LabelSelector selector,
    String topologyKey,
    Set<String> namespaces,
    LabelSelector namespaceSelector) {
  public PodAffinityTerm {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * @param ownNamespace of the pod that has the term: what it means when it names none
   * @param ownLabels likewise, for {@code matchLabelKeys} and {@code mismatchLabelKeys}
   */
  static PodAffinityTerm of(JsonNode term, String ownNamespace, Map<String, String> ownLabels) {
    var namespaces = new HashSet<String>();
    term.path("namespaces").forEach(namespace -> namespaces.add(namespace.asText()));
    if (namespaces.isEmpty() && !term.hasNonNull("namespaceSelector")) {
      namespaces.add(ownNamespace);
    }
    return new PodAffinityTerm(
        selector(term, ownLabels),
        term.path("topologyKey").asText(),
        namespaces,
        LabelSelector.of(term.get("namespaceSelector")));
  }

  static List<PodAffinityTerm> listOf(
      JsonNode terms, String ownNamespace, Map<String, String> ownLabels) {
    var list = new ArrayList<PodAffinityTerm>();
    terms.forEach(term -> list.add(of(term, ownNamespace, ownLabels)));
    return List.copyOf(list);
  }

  /** Whether the term speaks of that pod. */
  public boolean matches(PodInfo pod, NodeSnapshot cluster) {
    var namespace = pod.key().namespace();
    return selector.matches(pod.labels())
        && (namespaces.contains(namespace)
            || namespaceSelector.matches(
                cluster.namespaceLabels().getOrDefault(namespace, Map.of())));
  }

  /** The selector together with what the pod's own labels add to it. */
  static LabelSelector selector(JsonNode term, Map<String, String> ownLabels) {
    if (!(term.get("labelSelector") instanceof ObjectNode given)) {
      return LabelSelector.NOTHING;
    }
    var selector = given.deepCopy();
    var expressions = selector.withArrayProperty("matchExpressions");
    add(expressions, "In", term.path("matchLabelKeys"), ownLabels);
    add(expressions, "NotIn", term.path("mismatchLabelKeys"), ownLabels);
    return LabelSelector.of(selector);
  }

  private static void add(
      ArrayNode expressions, String operator, JsonNode keys, Map<String, String> ownLabels) {
    for (var key : keys) {
      var value = ownLabels.get(key.asText());
      if (value != null) {
        var expression = Json.object().put("key", key.asText()).put("operator", operator);
        expression.putArray("values").add(value);
        expressions.add(expression);
      }
    }
  }
}
