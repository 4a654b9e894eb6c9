package io.jkube.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes JSON that is well-formed and wrong: values of other types, missing and doubled parts. */
public final class OddTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "-",
          "*",
          "..",
          "/",
          "a/b/c",
          "\0",
          "\ud800",
          "ü€𝄞",
          "None",
          "null",
          "-1",
          "1e999999999",
          "0x10",
          "9223372036854775808",
          "101%",
          "-1%",
          "%",
          "1Zi",
          "$(A)",
          "::1",
          "300.1.1.1",
          "10.0.0.0/33",
          "::/0",
          "@every 0s",
          "*/0 * * * *",
          "2026-13-01T00:00:00Z",
          "a".repeat(300));

  private final Random random;

  public OddTree(Random random) {
    this.random = random;
  }

  /** Changes one to three places of an object. */
  public void change(ObjectNode object) {
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      changeOne(object);
    }
  }

  private void changeOne(ObjectNode object) {
    var places = new ArrayList<JsonNode>();
    collect(object, places);
    switch (places.get(random.nextInt(places.size()))) {
      case ObjectNode at -> changeField(at);
      case ArrayNode at -> changeElement(at);
      case JsonNode other -> throw new AssertionError(other);
    }
  }

  private static void collect(JsonNode at, List<JsonNode> places) {
    if (at.isContainerNode() && !at.isEmpty()) {
      places.add(at);
      at.forEach(child -> collect(child, places));
    }
  }

  private void changeField(ObjectNode at) {
    var names = new ArrayList<String>();
    at.fieldNames().forEachRemaining(names::add);
    var name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(6)) {
      case 0 -> at.remove(name);
      case 1 -> at.set(ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size())), at.get(name));
      default -> at.set(name, odd());
    }
  }

  private void changeElement(ArrayNode at) {
    int index = random.nextInt(at.size());
    switch (random.nextInt(4)) {
      case 0 -> at.remove(index);
      case 1 -> at.add(at.get(index).deepCopy());
      default -> at.set(index, odd());
    }
  }

  private JsonNode odd() {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.nullNode();
      case 1 -> Json.object();
      case 2 -> Json.array();
      case 3 -> Json.object().put("a", 1).putNull("");
      case 4 -> Json.array().addNull().add(1).add("a");
      case 5 -> NODES.booleanNode(random.nextBoolean());
      case 6 -> number();
      default -> NODES.textNode(ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size())));
    };
  }

  private JsonNode number() {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.numberNode(-1);
      case 1 -> NODES.numberNode(0);
      case 2 -> NODES.numberNode(Long.MAX_VALUE);
      case 3 -> NODES.numberNode(Integer.MAX_VALUE);
      case 4 -> NODES.numberNode(new BigInteger("9".repeat(40)));
      default -> NODES.numberNode(new BigDecimal("1e400"));
    };
  }
}
