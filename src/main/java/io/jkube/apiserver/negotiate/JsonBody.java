package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON as Go does: a field may stand twice, what comes last counts, and it is noted where
 * ({@code duplicate field "spec.containers[0].name"}).
 */
public final class JsonBody {
  private final JsonParser parser;
  private final List<String> duplicates = new ArrayList<>();

  /** The tree, and what stands in it twice. */
  public record Parsed(JsonNode tree, List<String> duplicates) {}

  private JsonBody(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @throws JsonProcessingException when the bytes are no JSON
   */
  public static Parsed parse(byte[] bytes) throws JsonProcessingException {
    try {
      return new Parsed(Json.MAPPER.readTree(bytes), List.of());
    } catch (JsonProcessingException refused) {
      if (!refused.getOriginalMessage().startsWith("Duplicate field")) {
        throw refused;
      }
      return lenient(bytes);
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private static Parsed lenient(byte[] bytes) throws JsonProcessingException {
    try (var parser = Json.MAPPER.getFactory().createParser(bytes)) {
      parser.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      var reader = new JsonBody(parser);
      parser.nextToken();
      var tree = reader.value("");
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "invalid character after top-level value");
      }
      return new Parsed(tree, reader.duplicates);
    } catch (JsonProcessingException malformed) {
      throw malformed;
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  /** The value whose first token is the parser's current one. */
  private JsonNode value(String path) throws IOException {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> nodes.nullNode();
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
          };
      case JsonToken other -> throw new JsonParseException(parser, "invalid token " + other);
    };
  }

  private ObjectNode object(String path) throws IOException {
    var object = Json.object();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var at = path.isEmpty() ? name : path + "." + name;
      parser.nextToken();
      if (object.has(name)) {
        duplicates.add("duplicate field \"" + at + "\"");
      }
      object.set(name, value(at));
    }
    return object;
  }

  private ArrayNode array(String path) throws IOException {
    var array = Json.array();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(path + "[" + array.size() + "]"));
    }
    return array;
  }
}
