package io.jkube.api.placement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Conditions on a node that must all hold. A term without any matches no node. */
public record NodeSelectorTerm(List<NodeRequirement> labels, List<NodeRequirement> fields) {
  public NodeSelectorTerm {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
  }

  public static NodeSelectorTerm of(JsonNode term) {
    return new NodeSelectorTerm(
        NodeRequirement.listOf(term.path("matchExpressions")),
        NodeRequirement.listOf(term.path("matchFields")));
  }

  /**
   * @param node its name
   * @param nodeLabels its labels
   */
  public boolean matches(String node, Map<String, String> nodeLabels) {
    if (labels.isEmpty() && fields.isEmpty()) {
      return false;
    }
    return labels.stream().allMatch(label -> label.holds(nodeLabels::get))
        && fields.stream().allMatch(field -> field.holds(name -> field(node, name)));
  }

  private static String field(String node, String name) {
    return name.equals("metadata.name") ? node : null;
  }
}
