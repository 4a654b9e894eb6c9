package io.jkube.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** Objects for tests, written as people write them: YAML, often on one line. */
public final class Trees {
  private Trees() {}

  public static ObjectNode yaml(String text) {
    return Json.tree(new Yaml().load(text));
  }

  /** The cells of a row by the names of their columns. */
  public static String row(ResourceDefinition definition, ObjectNode object) {
    return definition.columns().stream()
        .map(column -> String.valueOf(column.value().apply(object)))
        .collect(Collectors.joining(" | "));
  }

  /** The names of the columns; those of {@code -o wide} in brackets. */
  public static String header(ResourceDefinition definition) {
    return definition.columns().stream()
        .map(column -> column.priority() == 0 ? column.name() : "(" + column.name() + ")")
        .collect(Collectors.joining(" | "));
  }

  /** What a validation finds, as it goes over the wire. */
  public static List<String> found(java.util.function.Consumer<Violations> validation) {
    var violations = new Violations();
    validation.accept(violations);
    return violations.list().stream().map(each -> each.field() + ": " + each.message()).toList();
  }

  /** JSON with sorted keys, for comparison by eye. */
  public static String sorted(JsonNode node) {
    try {
      var plain = Json.MAPPER.treeToValue(node, TreeMap.class);
      return Json.MAPPER.writeValueAsString(plain);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
