package io.jkube.api.placement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes a pod wants: {@code nodeSelector} and {@code affinity.nodeAffinity}.
 *
 * @param nodeSelector labels that must be there
 * @param required one of these terms must match; null: no such demand; empty: no node matches
 */
public record NodeAffinityRules(
    Map<String, String> nodeSelector, List<NodeSelectorTerm> required, List<Preferred> preferred) {
  public static final NodeAffinityRules ANY = new NodeAffinityRules(Map.of(), null, List.of());

  /** A term that is good to match, and how good. */
  public record Preferred(int weight, NodeSelectorTerm term) {}

  /**
   * @param spec of a pod
   */
  public static NodeAffinityRules of(JsonNode spec) {
    var affinity = spec.path("affinity").path("nodeAffinity");
    if (affinity.isMissingNode() && !spec.has("nodeSelector")) {
      return ANY;
    }
    var selector = new HashMap<String, String>();
    spec.path("nodeSelector")
        .properties()
        .forEach(label -> selector.put(label.getKey(), label.getValue().asText()));
    return new NodeAffinityRules(
        Map.copyOf(selector),
        required(affinity.path("requiredDuringSchedulingIgnoredDuringExecution")),
        preferred(affinity.path("preferredDuringSchedulingIgnoredDuringExecution")));
  }

  public boolean allow(String node, Map<String, String> labels) {
    for (var label : nodeSelector.entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    return required == null || required.stream().anyMatch(term -> term.matches(node, labels));
  }

  /** Whether some node could be out of question. */
  public boolean areRequired() {
    return !nodeSelector.isEmpty() || required != null;
  }

  /** The weights of the preferred terms that match, added up. */
  public long preference(String node, Map<String, String> labels) {
    long sum = 0;
    for (var wish : preferred) {
      if (wish.term.matches(node, labels)) {
        sum += wish.weight;
      }
    }
    return sum;
  }

  private static List<NodeSelectorTerm> required(JsonNode selector) {
    if (selector.isMissingNode() || selector.isNull()) {
      return null;
    }
    var terms = new ArrayList<NodeSelectorTerm>();
    selector.path("nodeSelectorTerms").forEach(term -> terms.add(NodeSelectorTerm.of(term)));
    return List.copyOf(terms);
  }

  /** A preferred term without conditions matches every node, where a required one matches none. */
  private static List<Preferred> preferred(JsonNode list) {
    var wishes = new ArrayList<Preferred>();
    for (var wish : list) {
      var term = NodeSelectorTerm.of(wish.path("preference"));
      wishes.add(new Preferred(wish.path("weight").asInt(), term));
    }
    return List.copyOf(wishes);
  }
}
