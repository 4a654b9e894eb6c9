package io.jkube.cli.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Quantity;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.cli.command.CommandFailure;
import java.util.List;

/** {@code --sort-by}: by one field; objects without it come first. */
final class SortBy {
  private final String shown;
  private final JsonPath path;

  SortBy(String typed) {
    try {
      this.shown = JsonPath.relaxed(typed);
      this.path = JsonPath.parseRelaxed(typed);
    } catch (JsonPathException unreadable) {
      throw new CommandFailure(unreadable.getMessage());
    }
  }

  /** The table, its rows sorted by their objects. */
  ObjectNode table(ObjectNode table) {
    var rows = table.path("rows").valueStream().toList();
    var sorted = table.deepCopy();
    sorted.putArray("rows").addAll(sort(rows, "object"));
    return sorted;
  }

  List<ObjectNode> objects(List<ObjectNode> objects) {
    return sort(objects, "");
  }

  private <T extends JsonNode> List<T> sort(List<T> values, String objectField) {
    record Keyed<T>(T value, JsonNode key) {}
    var keyed =
        values.stream()
            .map(
                value ->
                    new Keyed<>(
                        value, key(objectField.isEmpty() ? value : value.path(objectField))))
            .toList();
    if (!keyed.isEmpty() && keyed.stream().allMatch(each -> each.key() == null)) {
      throw new CommandFailure(
          "couldn't find any field with path \"" + shown + "\" in the list of objects");
    }
    return keyed.stream()
        .sorted((left, right) -> compare(left.key(), right.key()))
        .map(Keyed::value)
        .toList();
  }

  private JsonNode key(JsonNode object) {
    var found = path.find(object);
    return found.isEmpty() || found.getFirst().isEmpty() ? null : found.getFirst().getFirst();
  }

  private static int compare(JsonNode left, JsonNode right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    var leftQuantity = quantity(left);
    var rightQuantity = quantity(right);
    return leftQuantity != null && rightQuantity != null
        ? leftQuantity.compareTo(rightQuantity)
        : left.asText().compareTo(right.asText());
  }

  private static Quantity quantity(JsonNode value) {
    try {
      return value.isTextual() ? Quantity.parse(value.textValue()) : null;
    } catch (ApiException text) {
      // Not every text is a quantity; then it sorts as the text it is.
      return null;
    }
  }
}
