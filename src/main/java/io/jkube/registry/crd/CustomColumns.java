package io.jkube.registry.crd;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.api.text.GoText;
import io.jkube.api.text.JsonText;
import io.jkube.registry.TableColumn;
import java.util.List;

/** The columns of a custom resource, after its name. */
final class CustomColumns {
  private CustomColumns() {}

  static List<TableColumn> of(ObjectNode version) {
    var stated = objects(version, "/additionalPrinterColumns");
    return stated.isEmpty()
        ? List.of(TableColumn.AGE)
        : stated.stream().map(CustomColumns::column).toList();
  }

  private static TableColumn column(ObjectNode column) {
    var path = JsonPath.parseRelaxed(text(column, "/jsonPath"));
    var type = text(column, "/type");
    return new TableColumn(
        text(column, "/name"),
        type,
        text(column, "/format"),
        text(column, "/description"),
        column.path("priority").asInt(),
        object -> cell(path, type, object));
  }

  private static Object cell(JsonPath path, String type, ObjectNode object) {
    var found = values(path, object);
    if (found.isEmpty()) {
      return null;
    }
    var first = found.getFirst();
    return switch (type) {
      case "integer" -> first.isNumber() ? first.asLong() : null;
      case "number" -> first.isNumber() ? first : null;
      case "boolean" -> first.isBoolean() ? first.asBoolean() : null;
      case "date" -> first.isTextual() ? first.asText() : null;
      default -> printed(found);
    };
  }

  private static List<JsonNode> values(JsonPath path, ObjectNode object) {
    try {
      var found = path.find(object);
      return found.isEmpty() ? List.of() : found.getFirst();
    } catch (JsonPathException unfit) {
      return List.of();
    }
  }

  /** As upstream prints what a path found: texts as they are, the rest as JSON. */
  private static String printed(List<JsonNode> found) {
    var text = new StringBuilder();
    for (var value : found) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(value.isContainerNode() ? JsonText.compact(value) : GoText.of(value));
    }
    return text.toString();
  }
}
