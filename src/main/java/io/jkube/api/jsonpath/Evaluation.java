package io.jkube.api.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Walks steps over values.
 *
 * @param missingAllowed a field that is nowhere is nothing; otherwise an error
 */
record Evaluation(JsonNode root, boolean missingAllowed) {
  List<JsonNode> walk(List<JsonNode> start, List<Step> steps) {
    var values = start;
    for (var step : steps) {
      values = walk(values, step);
    }
    return values;
  }

  private List<JsonNode> walk(List<JsonNode> values, Step step) {
    return switch (step) {
      case Step.Root top -> List.of(root);
      case Step.Literal literal -> List.of(literal.value());
      case Step.Field field -> field(values, field.name());
      case Step.Path path -> walk(values, path.steps());
      case Step.Wildcard all -> values.stream().flatMap(value -> children(value).stream()).toList();
      case Step.Recursive all -> descendants(values);
      case Step.Slice slice ->
          values.stream().flatMap(value -> Slices.of(value, slice).stream()).toList();
      case Step.Union union ->
          union.members().stream().flatMap(member -> walk(values, member).stream()).toList();
      case Step.Filter filter ->
          values.stream().flatMap(value -> filter(value, filter).stream()).toList();
    };
  }

  private List<JsonNode> field(List<JsonNode> values, String name) {
    var found = new ArrayList<JsonNode>();
    for (var value : values) {
      if (value.has(name)) {
        found.add(value.get(name));
      }
    }
    if (found.isEmpty() && !missingAllowed) {
      throw new JsonPathException(name + " is not found");
    }
    return found;
  }

  private static List<JsonNode> children(JsonNode value) {
    return value.isObject()
        ? value
            .propertyStream()
            .sorted(Map.Entry.comparingByKey())
            .<JsonNode>map(Map.Entry::getValue)
            .toList()
        : value.valueStream().toList();
  }

  private static List<JsonNode> descendants(List<JsonNode> values) {
    var found = new ArrayList<JsonNode>();
    for (var value : values) {
      var children = children(value);
      if (!children.isEmpty()) {
        found.add(value);
        found.addAll(descendants(children));
      }
    }
    return found;
  }

  private List<JsonNode> filter(JsonNode value, Step.Filter filter) {
    if (!value.isArray()) {
      throw new JsonPathException("a filter needs an array: " + value);
    }
    return value.valueStream().filter(item -> passes(item, filter)).toList();
  }

  private boolean passes(JsonNode item, Step.Filter filter) {
    var left = new Evaluation(root, true).walk(List.of(item), filter.left());
    if (left.isEmpty() || filter.operator().isEmpty()) {
      return !left.isEmpty();
    }
    var right = new Evaluation(root, true).walk(List.of(item), filter.right());
    if (left.size() > 1 || right.size() > 1) {
      throw new JsonPathException("can only compare one element at a time");
    }
    return !right.isEmpty()
        && Comparison.holds(left.getFirst(), filter.operator(), right.getFirst());
  }
}
