package io.jkube.registry.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.jkube.api.Json;
import io.jkube.registry.structural.Structural;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Between trees and what expressions work with. */
final class Values {
  private Values() {}

  /**
   * @param schema null where anything goes
   * @param escaped whether fields are known by names that expressions can say anywhere
   */
  static Object ofTree(JsonNode node, Structural schema, boolean escaped) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> map(node, schema, escaped);
      case ARRAY -> {
        var list = new ArrayList<>(node.size());
        var items = schema == null ? null : schema.items();
        node.forEach(each -> list.add(ofTree(each, items, escaped)));
        yield list;
      }
      case STRING, BINARY -> text(node.asText(), schema);
      case NUMBER -> number(node, schema);
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING -> NullValue.NULL_VALUE;
    };
  }

  private static Object map(JsonNode node, Structural schema, boolean escaped) {
    boolean fields = escaped && schema != null && !schema.properties().isEmpty();
    var map = new LinkedHashMap<String, Object>();
    for (var field : node.properties()) {
      var own = schema == null ? null : schema.field(field.getKey());
      var name = fields ? FieldNames.escaped(field.getKey()) : field.getKey();
      map.put(name, ofTree(field.getValue(), own, escaped));
    }
    return map;
  }

  private static Object number(JsonNode node, Structural schema) {
    boolean floating = schema != null && schema.type().equals("number");
    if (node.isIntegralNumber() && node.canConvertToLong() && !floating) {
      return node.longValue();
    }
    return node.doubleValue();
  }

  /** What does not read as its format was refused already, or comes from before the rule. */
  private static Object text(String text, Structural schema) {
    try {
      return switch (SchemaTypes.format(schema)) {
        case "date-time" -> OffsetDateTime.parse(text).toInstant();
        case "date" -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        case "duration" -> GoDuration.parse(text);
        case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
        default -> text;
      };
    } catch (DateTimeException | IllegalArgumentException malformed) {
      return text;
    }
  }

  /** As the same number reads out of JSON, so that trees that say the same are equal. */
  private static JsonNode whole(JsonNodeFactory nodes, long number) {
    return number == (int) number ? nodes.numberNode((int) number) : nodes.numberNode(number);
  }

  static JsonNode toJson(Object value) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (value) {
      case String text -> nodes.textNode(text);
      case Boolean truth -> nodes.booleanNode(truth);
      case Long number -> whole(nodes, number);
      case Double number -> nodes.numberNode(number);
      case Number number -> nodes.numberNode(number.longValue());
      case NullValue nothing -> nodes.nullNode();
      case CelByteString bytes ->
          nodes.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
      case Duration duration -> nodes.textNode(GoDuration.text(duration));
      case Instant instant -> nodes.textNode(instant.toString());
      case Optional<?> optional -> optional.map(Values::toJson).orElseGet(nodes::nullNode);
      case Map<?, ?> map -> {
        var object = Json.object();
        map.forEach(
            (key, each) -> {
              boolean there = !(each instanceof Optional<?> optional) || optional.isPresent();
              if (there && !key.equals(BuiltTypes.TYPE)) {
                object.set(String.valueOf(key), toJson(each));
              }
            });
        yield object;
      }
      case Collection<?> list -> {
        var array = Json.array();
        list.forEach(each -> array.add(toJson(each)));
        yield array;
      }
      case Object other -> nodes.textNode(other.toString());
    };
  }
}
