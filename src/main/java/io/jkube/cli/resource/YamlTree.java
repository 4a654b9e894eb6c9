package io.jkube.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.api.Json;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What SnakeYAML read, as the tree that JSON would give. */
final class YamlTree {
  private YamlTree() {}

  static JsonNode of(Object value) {
    return switch (value) {
      case null -> NullNode.getInstance();
      case Map<?, ?> map -> {
        var object = Json.object();
        map.forEach((key, item) -> object.set(String.valueOf(key), of(item)));
        yield object;
      }
      case List<?> list -> {
        var array = Json.array();
        list.forEach(item -> array.add(of(item)));
        yield array;
      }
      case Integer number -> IntNode.valueOf(number);
      case Long number -> LongNode.valueOf(number);
      case BigInteger number -> BigIntegerNode.valueOf(number);
      case Double number -> DoubleNode.valueOf(number);
      case Boolean truth -> BooleanNode.valueOf(truth);
      case byte[] bytes -> TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
      default -> TextNode.valueOf(value.toString());
    };
  }
}
