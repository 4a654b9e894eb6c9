package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Conditions on a node that must all hold. A term without any matches no node. */
record NodeSelectorTerm(List<NodeRequirement> labels, List<NodeRequirement> fields) {
  NodeSelectorTerm {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
  }

  static NodeSelectorTerm of(JsonNode term) {
    return new NodeSelectorTerm(
        NodeRequirement.listOf(term.path("matchExpressions")),
        NodeRequirement.listOf(term.path("matchFields")));
  }

  boolean matches(NodeInfo node) {
    if (labels.isEmpty() && fields.isEmpty()) {
      return false;
    }
    return labels.stream().allMatch(label -> label.holds(node.labels()::get))
        && fields.stream().allMatch(field -> field.holds(name -> field(node, name)));
  }

  private static String field(NodeInfo node, String name) {
    return name.equals("metadata.name") ? node.name() : null;
  }
}
