package io.jkube.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/**
 * A column of the server-side table of a kind.
 *
 * @param type OpenAPI's: {@code string}, {@code integer}, {@code number}, {@code boolean}, {@code
 *     date}
 * @param format OpenAPI's, {@code name} for the object's name, or empty
 * @param priority 0 is always shown, above only with {@code -o wide}
 * @param value the cell of an object: a String, Integer, Long, Boolean or null. A creation time is
 *     given as the RFC 3339 string with type {@code date}; the table writer turns it into an age
 */
public record TableColumn(
    String name,
    String type,
    String format,
    String description,
    int priority,
    Function<ObjectNode, Object> value) {
  public static final TableColumn NAME =
      new TableColumn(
          "Name", "string", "name", "", 0, object -> object.at("/metadata/name").asText());
  public static final TableColumn AGE =
      new TableColumn(
          "Age",
          "date",
          "",
          "",
          0,
          object -> object.at("/metadata/creationTimestamp").asText(null));

  public static TableColumn text(String name, Function<ObjectNode, Object> value) {
    return new TableColumn(name, "string", "", "", 0, value);
  }

  /** A column for {@code -o wide} only. */
  public static TableColumn wide(String name, Function<ObjectNode, Object> value) {
    return new TableColumn(name, "string", "", "", 1, value);
  }

  public static TableColumn integer(String name, Function<ObjectNode, Object> value) {
    return new TableColumn(name, "integer", "", "", 0, value);
  }

  /** A number at this place in the object; 0 where there is none. */
  public static TableColumn count(String name, String pointer) {
    return integer(name, object -> object.at(pointer).asLong());
  }

  public static TableColumn bool(String name, Function<ObjectNode, Object> value) {
    return new TableColumn(name, "boolean", "", "", 0, value);
  }
}
