package io.jkube.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * The one way JSON is read and written: trees, exact numbers, no duplicate keys, UTF-8.
 * Thread-safe.
 */
public final class Json {
  private static final int KEPT_BUFFERS = 64;

  /**
   * Buffers pass from one use to the next. Jackson's own way, buffers by thread, gives none to
   * virtual threads, which live for one request: four times as much garbage.
   */
  private static final RecyclerPool<BufferRecycler> BUFFERS =
      JsonRecyclerPools.newBoundedPool(KEPT_BUFFERS);

  /**
   * Shared by everyone; do not configure. Besides its own exceptions it throws an {@link
   * ApiException}, BadRequest, at a number beyond those of float64.
   */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(factory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .nodeFactory(new FiniteNumbers())
          .build();

  /**
   * For the typed model: some of its readers look at a value in the middle of an object as a tree,
   * which a mapper that refuses trailing tokens takes for a second value.
   */
  private static final JsonMapper MODEL =
      JsonMapper.builder(factory())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .nodeFactory(new SmallNumbers())
          .build();

  /** For what this program wrote itself, whose names need no second look. */
  private static final JsonMapper OWN = JsonMapper.builder(factory()).build();

  private static final JsonMapper SORTED =
      JsonMapper.builder(factory()).enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Json() {}

  /** Of each mapper its own: what a mapper is told to read, it tells its factory. */
  private static JsonFactory factory() {
    return JsonFactory.builder().recyclerPool(BUFFERS).build();
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /**
   * Reads one JSON object.
   *
   * @throws ApiException BadRequest when the bytes are not one JSON object
   */
  public static ObjectNode parse(byte[] bytes) {
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException malformed) {
      throw ApiException.badRequest("the object provided is not valid JSON: " + problem(malformed));
    } catch (IOException impossible) {
      throw ApiException.internal("reading bytes in memory: " + impossible.getMessage());
    }
    throw ApiException.badRequest("the object provided is not a JSON object");
  }

  /** Reads one JSON object out of bytes that {@link #bytes} made. */
  public static ObjectNode parseOwn(byte[] bytes) {
    try {
      return (ObjectNode) OWN.readTree(bytes);
    } catch (IOException | ClassCastException corrupt) {
      throw ApiException.internal("bytes that were JSON are not: " + corrupt.getMessage());
    }
  }

  /** What is wrong with a text that is no JSON, in the words of Go where it has them. */
  public static String problem(JsonProcessingException malformed) {
    var message = malformed.getOriginalMessage();
    if (malformed instanceof JsonEOFException) {
      return "unexpected end of JSON input";
    }
    if (malformed instanceof StreamConstraintsException) {
      return message.startsWith("Document nesting depth")
          ? "exceeded max depth"
          : message.replaceFirst(" \\([0-9]+, from `.*", "").replaceFirst(", from `[^)]*", "");
    }
    if (message.startsWith("Trailing token")) {
      return "invalid character after top-level value";
    }
    return message.replaceFirst(" \\(start marker at .*", "").replace("\n", " ");
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw ApiException.internal("writing JSON: " + impossible.getOriginalMessage());
    }
  }

  /** With the fields of every object in the order of their names, as Go writes its maps. */
  public static String sorted(JsonNode node) {
    try {
      return SORTED.writeValueAsString(MAPPER.treeToValue(node, Object.class));
    } catch (JsonProcessingException impossible) {
      throw ApiException.internal("writing JSON: " + impossible.getOriginalMessage());
    }
  }

  /**
   * An object of the typed model out of a tree. Fields that the type does not know are kept where
   * it can.
   */
  public static <T> T as(JsonNode node, Class<T> type) {
    try {
      return MODEL.treeToValue(node, type);
    } catch (JsonProcessingException mismatch) {
      throw ApiException.badRequest(
          "not a " + type.getSimpleName() + ": " + mismatch.getOriginalMessage());
    }
  }

  /** A tree out of an object of the typed model. */
  public static ObjectNode tree(Object typed) {
    return MODEL.valueToTree(typed);
  }

  /** Namespace and name out of an object's metadata; empty where they are missing. */
  public static ObjectKey key(JsonNode object) {
    var metadata = object.path("metadata");
    return new ObjectKey(metadata.path("namespace").asText(), metadata.path("name").asText());
  }

  /**
   * A number that no float64 holds, such as {@code 1e400}, is refused as Go refuses it: Jackson
   * makes infinity of it, which is no JSON to write and no number to compare.
   */
  private static final class FiniteNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1;

    @Override
    public NumericNode numberNode(double value) {
      if (Double.isInfinite(value)) {
        throw ApiException.badRequest(
            "json: cannot unmarshal number into Go value of type float64");
      }
      return super.numberNode(value);
    }
  }

  /**
   * A whole number out of the typed model is held as the same number read from JSON, so that trees
   * of both kinds are equal when they say the same.
   */
  private static final class SmallNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1;

    @Override
    public NumericNode numberNode(long value) {
      return value == (int) value ? super.numberNode((int) value) : super.numberNode(value);
    }
  }
}
