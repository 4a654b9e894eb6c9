package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.Schema.Type;
import io.jkube.registry.schema.SchemaSource;
import java.util.TreeMap;

/**
 * How values fall into parts that have owners of their own, by list types, map types and map keys
 * of the schema. Where there is none (null), by what the value looks like: maps have parts, lists
 * do not.
 */
record Structure(SchemaSource schemas) {
  /** An element of a list that nothing tells from the others. */
  static final class Keyless extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private Keyless(String message) {
      super(message);
    }
  }

  /** What a value is made of. */
  enum Parts {
    /** One owner for all of it. */
    NONE,
    /** Named fields, or the entries of a map. */
    FIELDS,
    /** Objects, told apart by some of their fields. */
    KEYED,
    /** Scalars, each at most once. */
    VALUES
  }

  Parts parts(Schema stated, JsonNode value) {
    var schema = resolve(stated);
    if (schema == null || schema.isOpen()) {
      return value instanceof ObjectNode ? Parts.FIELDS : Parts.NONE;
    }
    return switch (schema.type()) {
      case OBJECT, MAP -> isAtomicMap(stated, schema) ? Parts.NONE : Parts.FIELDS;
      case ARRAY ->
          switch (stated.merge().listType()) {
            case "map" -> Parts.KEYED;
            case "set" -> Parts.VALUES;
            default -> Parts.NONE;
          };
      case STRING, INTEGER, NUMBER, BOOLEAN, INT_OR_STRING, QUANTITY, ANY, REFERENCE -> Parts.NONE;
    };
  }

  private static boolean isAtomicMap(Schema stated, Schema resolved) {
    var type = stated.merge().mapType();
    return (type.isEmpty() ? resolved.merge().mapType() : type).equals("atomic");
  }

  private Schema resolve(Schema stated) {
    return stated == null ? null : schemas.resolve(stated);
  }

  /** The schema of a field or of a map's values; null where nothing is known of it. */
  Schema field(Schema stated, String name) {
    var schema = resolve(stated);
    if (schema == null || schema.isOpen()) {
      return null;
    }
    return schema.type() == Type.MAP ? schema.element() : schema.properties().get(name);
  }

  /** Whether the schema has this field by name, and does not merely allow it. */
  boolean declares(Schema stated, String name) {
    var schema = resolve(stated);
    return schema != null && schema.properties().containsKey(name);
  }

  /** Whether an object may have a field that it does not declare. */
  boolean takesAnyField(Schema stated) {
    var schema = resolve(stated);
    return schema == null || schema.isOpen() || schema.takesAny() || schema.type() == Type.MAP;
  }

  /** Whether the schema says nothing of what the value is. */
  boolean takesAnyValue(Schema stated) {
    var schema = resolve(stated);
    return schema == null || schema.isOpen() || schema.type() == Type.ANY;
  }

  /** The schema of a list's elements. */
  Schema element(Schema stated) {
    var schema = resolve(stated);
    return schema == null ? null : schema.element();
  }

  /**
   * Whether the field is a struct that its holder always has, if only with nothing in: then it is
   * never itself added or removed.
   */
  static boolean isAlwaysThere(Schema field) {
    return field != null && field.defaultValue() instanceof ObjectNode empty && empty.isEmpty();
  }

  /** Whether the field is a list that its holder always has, if only as null. */
  boolean isRequiredList(Schema holder, String name, Schema field) {
    var schema = resolve(holder);
    return field != null
        && field.type() == Type.ARRAY
        && schema != null
        && schema.required().contains(name);
  }

  /**
   * The path element of a list's element.
   *
   * @throws Keyless when it has none
   */
  String elementOf(Schema list, Parts parts, JsonNode item) {
    if (parts == Parts.VALUES) {
      return valueElement(item);
    }
    if (!(item instanceof ObjectNode object)) {
      throw new Keyless(
          item.isNull()
              ? "associative list with keys may not have a null element"
              : "associative list with keys may not have non-map elements");
    }
    var names = list.merge().listMapKeys();
    var keys = new TreeMap<String, JsonNode>();
    for (var name : names) {
      var value = object.has(name) ? object.get(name) : defaultOf(list, name);
      if (value != null) {
        keys.put(name, value);
      }
    }
    if (keys.isEmpty()) {
      throw new Keyless(
          "associative list with keys has an element that omits all key fields "
              + quoted(names)
              + " (and doesn't have default values for any key fields)");
    }
    return PathElement.key(Json.object().setAll(keys));
  }

  private static String quoted(java.util.List<String> names) {
    var words = new java.util.StringJoiner(" ", "[", "]");
    names.forEach(name -> words.add("\"" + name + "\""));
    return words.toString();
  }

  private JsonNode defaultOf(Schema list, String name) {
    var element = resolve(list.element());
    var field = element == null ? null : element.properties().get(name);
    return field == null ? null : field.defaultValue();
  }

  private static String valueElement(JsonNode item) {
    return switch (item) {
      case ObjectNode map ->
          throw new Keyless("associative list without keys has an element that's a map type");
      case ArrayNode list ->
          throw new Keyless("not supported: associative list with lists as elements");
      case JsonNode scalar when scalar.isNull() ->
          throw new Keyless("associative list without keys has an element that's an explicit null");
      case JsonNode scalar -> PathElement.value(scalar);
    };
  }
}
