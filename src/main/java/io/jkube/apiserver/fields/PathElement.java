package io.jkube.apiserver.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * One step of a path, as FieldsV1 writes it: {@code f:NAME} for a field, {@code k:{...}} for the
 * element of a list with these keys, {@code v:VALUE} for an element of a set, {@code i:INDEX}.
 */
final class PathElement {
  /** Upstream's: fields, then keys, then values, then indices; numbers by their value. */
  static final Comparator<String> ORDER = PathElement::compare;

  private static final String KINDS = "fkvi";

  private PathElement() {}

  static String field(String name) {
    return "f:" + name;
  }

  /**
   * @param keys in the order of their names
   */
  static String key(ObjectNode keys) {
    return "k:" + new String(Json.bytes(keys), java.nio.charset.StandardCharsets.UTF_8);
  }

  static String value(JsonNode scalar) {
    return "v:" + new String(Json.bytes(scalar), java.nio.charset.StandardCharsets.UTF_8);
  }

  static boolean isField(String element) {
    return element.startsWith("f:");
  }

  static String fieldName(String element) {
    return element.substring(2);
  }

  /** Whether this is a step of a kind that we know. */
  static boolean isKnown(String element) {
    return element.length() >= 2
        && element.charAt(1) == ':'
        && KINDS.indexOf(element.charAt(0)) >= 0;
  }

  /**
   * The one way to write the same step.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  static String canonical(String element) {
    var rest = element.substring(2);
    return switch (element.charAt(0)) {
      case 'k' -> {
        if (!(json(rest) instanceof ObjectNode keys)) {
          throw new IllegalArgumentException("no key: " + element);
        }
        var sorted = new TreeMap<String, JsonNode>();
        keys.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        yield key(Json.object().setAll(sorted));
      }
      case 'v' -> value(json(rest));
      case 'i' -> "i:" + Integer.parseInt(rest);
      default -> element;
    };
  }

  /** As conflicts and errors show it: {@code .spec}, {@code [name="web"]}, {@code [="a"]}. */
  static String display(String element) {
    var rest = element.substring(2);
    return switch (element.charAt(0)) {
      case 'k' -> {
        var words = new java.util.StringJoiner(",", "[", "]");
        for (var entry : json(rest).properties()) {
          words.add(entry.getKey() + "=" + entry.getValue());
        }
        yield words.toString();
      }
      case 'v' -> "[=" + rest + "]";
      case 'i' -> "[" + rest + "]";
      default -> "." + rest;
    };
  }

  private static int compare(String one, String other) {
    int byKind = Integer.compare(KINDS.indexOf(one.charAt(0)), KINDS.indexOf(other.charAt(0)));
    if (byKind != 0 || isField(one)) {
      return byKind != 0 ? byKind : one.compareTo(other);
    }
    int at = firstDifference(one, other);
    if (at < 0 || insideText(one, at)) {
      return at < 0 ? 0 : compareInText(one.charAt(at), other.charAt(at));
    }
    return compareValues(json(one.substring(2)), json(other.substring(2)));
  }

  private static int firstDifference(String one, String other) {
    int shared = Math.min(one.length(), other.length());
    for (int i = 0; i < shared; i++) {
      if (one.charAt(i) != other.charAt(i)) {
        return i;
      }
    }
    return one.length() == other.length() ? -1 : shared;
  }

  /** Whether a place is within a JSON string, where one may compare without reading the rest. */
  private static boolean insideText(String json, int end) {
    boolean inside = false;
    for (int i = 2; i < end; i++) {
      if (json.charAt(i) == '\\') {
        i++;
      } else if (json.charAt(i) == '"') {
        inside = !inside;
      }
    }
    return inside;
  }

  private static int compareInText(char one, char other) {
    return Integer.compare(one == '"' ? -1 : one, other == '"' ? -1 : other);
  }

  private static int compareValues(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    if (one instanceof ObjectNode keys && other instanceof ObjectNode others) {
      return compareKeys(keys, others);
    }
    if (rank(one) != rank(other)) {
      return Integer.compare(rank(one), rank(other));
    }
    return one.toString().compareTo(other.toString());
  }

  private static int rank(JsonNode value) {
    return value.isNumber() ? 0 : value.isTextual() ? 1 : value.isBoolean() ? 2 : 3;
  }

  private static int compareKeys(ObjectNode one, ObjectNode other) {
    var left = one.properties().iterator();
    var right = other.properties().iterator();
    while (left.hasNext() && right.hasNext()) {
      var first = left.next();
      var second = right.next();
      int byName = first.getKey().compareTo(second.getKey());
      int step = byName != 0 ? byName : compareValues(first.getValue(), second.getValue());
      if (step != 0) {
        return step;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private static JsonNode json(String text) {
    try {
      if (!text.isBlank()) {
        return Json.MAPPER.readTree(text);
      }
      throw new IllegalArgumentException("nothing where JSON is needed");
    } catch (JsonProcessingException | ApiException malformed) {
      throw new IllegalArgumentException("no JSON: " + text, malformed);
    }
  }
}
