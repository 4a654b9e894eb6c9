package io.jkube.api.placement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One condition on a label or a field of a node: {@code In, NotIn, Exists, DoesNotExist, Gt, Lt}.
 */
public record NodeRequirement(String key, String operator, List<String> values) {
  public NodeRequirement {
    values = List.copyOf(values);
  }

  static List<NodeRequirement> listOf(JsonNode requirements) {
    var list = new ArrayList<NodeRequirement>();
    for (var requirement : requirements) {
      var values = new ArrayList<String>();
      requirement.path("values").forEach(value -> values.add(value.asText()));
      list.add(
          new NodeRequirement(
              requirement.path("key").asText(), requirement.path("operator").asText(), values));
    }
    return list;
  }

  /**
   * @param actual the value of a label or field by its name, or null
   */
  public boolean holds(UnaryOperator<String> actual) {
    var value = actual.apply(key);
    return switch (operator) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> compared(value) > 0;
      case "Lt" -> compared(value) < 0;
      // The server lets no other operator in; one that comes nevertheless matches no node.
      default -> false;
    };
  }

  /** Of the value with the one given; 0, which neither Gt nor Lt accepts, when not both numbers. */
  private int compared(String value) {
    if (value == null || values.size() != 1) {
      return 0;
    }
    try {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
    } catch (NumberFormatException notNumbers) {
      return 0;
    }
  }
}
