package io.jkube.registry.cel.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Tree;
import io.jkube.registry.structural.Structural;

/** How large what a schema describes can be: by its limits, else by what fits into a request. */
public final class SchemaSizes {
  private static final long MAX_REQUEST_BYTES = 3 * 1024 * 1024;
  private static final long MAX_TEXT = MAX_REQUEST_BYTES - 2;
  private static final long MAX_DURATION = 32;
  private static final long DATE = 10;
  private static final long MAX_DATE_TIME = 35;
  private static final long BYTES_A_CHARACTER = 4;

  private SchemaSizes() {}

  /** Of the value itself: characters, elements, entries; 0 for what has none. */
  static long of(Structural schema) {
    if (schema.intOrString()) {
      return MAX_TEXT;
    }
    return switch (schema.type()) {
      case "array" -> schema.items() == null ? 0 : elements(schema);
      case "object" -> schema.additional() == null ? 0 : entries(schema);
      case "string" -> text(schema);
      default -> 0;
    };
  }

  private static long elements(Structural schema) {
    var limit = schema.source().get("maxItems");
    return limit == null ? MAX_TEXT / (least(schema.items()) + 1) : limit(limit);
  }

  private static long entries(Structural schema) {
    var limit = schema.source().get("maxProperties");
    return limit == null ? MAX_TEXT / (least(schema.additional()) + 6) : limit(limit);
  }

  private static long limit(JsonNode stated) {
    return Math.max(0, stated.asLong());
  }

  private static long text(Structural schema) {
    var limit = schema.source().get("maxLength");
    return switch (Tree.text(schema.source(), "/format")) {
      case "duration" -> MAX_DURATION;
      case "date" -> DATE;
      case "date-time" -> MAX_DATE_TIME;
      case "byte" -> limit == null ? MAX_TEXT : limit(limit);
      default -> limit == null ? withoutLimit(schema) : limit(limit) * BYTES_A_CHARACTER;
    };
  }

  private static long withoutLimit(Structural schema) {
    long longest = 0;
    for (var value : schema.source().path("enum")) {
      longest = Math.max(longest, value.asText().length());
    }
    return schema.source().path("enum").isEmpty() ? MAX_TEXT : longest;
  }

  /** The fewest bytes of such a value in JSON. */
  private static long least(Structural schema) {
    return switch (schema.type()) {
      case "array", "string" -> 2;
      case "boolean" -> 4;
      case "object" -> schema.additional() == null ? leastObject(schema) : 2;
      default -> 1;
    };
  }

  private static long leastObject(Structural schema) {
    long least = 2;
    for (var name : schema.source().path("required")) {
      var field = schema.properties().get(name.asText());
      if (field != null && field.defaultValue() == null) {
        least += name.asText().length() + least(field) + 4;
      }
    }
    return least;
  }

  /** How many such values fit into a request. */
  public static long most(Structural schema) {
    return MAX_REQUEST_BYTES / (least(schema) + 1);
  }

  /** How many children a value of this schema can have; -1 for as many as there may be. */
  public static long children(Structural schema) {
    var limit =
        switch (schema.type()) {
          case "array" -> "maxItems";
          case "object" -> schema.additional() == null ? "" : "maxProperties";
          default -> "";
        };
    if (limit.isEmpty()) {
      return 1;
    }
    return schema.source().has(limit) ? limit(schema.source().get(limit)) : -1;
  }
}
