package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.registry.schema.Definitions;
import io.jkube.registry.schema.Schema;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;

/** Objects of any kind with random fields, none of them with the zero value of its type. */
public final class RandomObject {
  private static final int MAX_DEPTH = 6;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final FieldNumbers numbers = FieldNumbers.load();
  private final Definitions definitions;
  private final Random random;

  public RandomObject(Definitions definitions, Random random) {
    this.definitions = definitions;
    this.random = random;
  }

  public ObjectNode of(GroupVersionKind kind) {
    var object = Json.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    var fields = fields(definitions.kind(kind).orElseThrow(), 0);
    fields.remove("kind");
    fields.remove("apiVersion");
    object.setAll(fields);
    return object;
  }

  private ObjectNode fields(Schema schema, int depth) {
    var object = Json.object();
    for (var property : schema.properties().entrySet()) {
      var name = property.getKey();
      if (!isType(schema, name) && random.nextInt(3) > 0) {
        var value = value(property.getValue(), depth + 1);
        if (value != null) {
          object.set(name, value);
        }
      }
    }
    return object;
  }

  /** Whether the field is only there in JSON: the type of a kind inside of another. */
  private boolean isType(Schema schema, String field) {
    return (field.equals("kind") || field.equals("apiVersion"))
        && numbers.of(schema.name()).stream().noneMatch(entry -> entry.name().equals(field));
  }

  /** Null where it would go too deep. */
  private JsonNode value(Schema schema, int depth) {
    return switch (schema.type()) {
      case REFERENCE -> named(schema, depth);
      case STRING -> NODES.textNode(schema.format().equals("byte") ? base64() : word());
      case INTEGER ->
          schema.format().equals("int64") && random.nextBoolean()
              ? NODES.numberNode(random.nextLong(1L << 40, Long.MAX_VALUE))
              : NODES.numberNode(random.nextBoolean() ? number() : -number());
      case NUMBER -> NODES.numberNode(number() + 0.25);
      case BOOLEAN -> NODES.booleanNode(true);
      case ARRAY -> list(schema.element(), depth);
      case MAP -> map(schema.element(), depth);
      case INT_OR_STRING ->
          random.nextBoolean() ? NODES.textNode(word()) : NODES.numberNode(number());
      case QUANTITY -> NODES.textNode(number() + "Mi");
      case ANY, OBJECT -> Json.object().put(word(), number()).put(word(), word());
    };
  }

  private JsonNode named(Schema reference, int depth) {
    return switch (reference.shortName()) {
      case "Time" -> NODES.textNode(Timestamps.seconds(Instant.ofEpochSecond(number())));
      case "MicroTime" ->
          NODES.textNode(Timestamps.micros(Instant.ofEpochSecond(number(), 123_456_000)));
      case "FieldsV1", "RawExtension", "JSON" -> Json.object().put(word(), number());
      case "JSONSchemaPropsOrBool" -> NODES.booleanNode(true);
      case "JSONSchemaPropsOrArray" -> jsonSchema(reference, depth);
      case "JSONSchemaPropsOrStringArray" -> Json.array().add(word());
      default -> {
        var schema = definitions.resolve(reference);
        boolean empty = schema.type() == Schema.Type.OBJECT && schema.properties().isEmpty();
        if (schema.type() != Schema.Type.OBJECT) {
          yield value(schema, depth);
        }
        yield depth > MAX_DEPTH && !empty ? null : fields(schema, depth);
      }
    };
  }

  private JsonNode jsonSchema(Schema sibling, int depth) {
    var name = sibling.name().replace("JSONSchemaPropsOrArray", "JSONSchemaProps");
    return depth > MAX_DEPTH ? null : value(Schema.reference(name), depth);
  }

  private ArrayNode list(Schema element, int depth) {
    var list = Json.array();
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      var value = value(element, depth);
      if (value != null) {
        list.add(value);
      }
    }
    return list.isEmpty() ? null : list;
  }

  private ObjectNode map(Schema element, int depth) {
    var map = Json.object();
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      var value = value(element, depth);
      if (value != null) {
        map.set(word(), value);
      }
    }
    return map.isEmpty() ? null : map;
  }

  private int number() {
    return random.nextInt(1, 1 << 20);
  }

  private String word() {
    return random.nextInt(5) == 0 ? "ü€𝄞" + number() : "w" + number();
  }

  private String base64() {
    var bytes = new byte[random.nextInt(1, 9)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
