package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;
import java.time.InstantSource;

/** Tables of {@code meta.k8s.io}: the columns of a kind, a row an object. */
final class Tables {
  private final InstantSource clock;

  Tables(InstantSource clock) {
    this.clock = clock;
  }

  ObjectNode table(String version, ResourceDefinition definition, boolean withColumns) {
    var table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/" + version);
    table.putObject("metadata");
    if (withColumns) {
      columns(table.putArray("columnDefinitions"), definition);
    } else {
      table.putNull("columnDefinitions");
    }
    table.putArray("rows");
    return table;
  }

  private static void columns(ArrayNode columns, ResourceDefinition definition) {
    for (var column : definition.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", isDate(column) ? "string" : column.type())
          .put("format", column.format())
          .put("description", column.description())
          .put("priority", column.priority());
    }
  }

  void addRow(
      ObjectNode table,
      ResourceDefinition definition,
      Representation.Table wanted,
      ObjectNode object) {
    var row = ((ArrayNode) table.get("rows")).addObject();
    var cells = row.putArray("cells");
    for (var column : definition.columns()) {
      cells.add(cell(column, object));
    }
    switch (wanted.include()) {
      case NONE -> row.putNull("object");
      case METADATA -> row.set("object", PartialMetadata.of(object, wanted.version()));
      case OBJECT -> row.set("object", object);
    }
  }

  private JsonNode cell(TableColumn column, ObjectNode object) {
    var nodes = JsonNodeFactory.instance;
    var value = column.value().apply(object);
    if (isDate(column)) {
      return nodes.textNode(Timestamps.age((String) value, clock.instant()));
    }
    return switch (value) {
      case null -> nodes.nullNode();
      case String text -> nodes.textNode(text);
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case Boolean truth -> nodes.booleanNode(truth);
      case Object other -> Json.MAPPER.valueToTree(other);
    };
  }

  private static boolean isDate(TableColumn column) {
    return column.type().equals("date");
  }
}
