package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A place in a tree (RFC 6901), to be read, set, and removed. */
record JsonPointerPath(List<String> tokens) {
  private static final String END = "-";

  /** Why a place cannot be reached. */
  static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    Unreachable(String message) {
      super(message);
    }
  }

  static JsonPointerPath parse(String text) throws Unreachable {
    if (text.isEmpty()) {
      return new JsonPointerPath(List.of());
    }
    if (text.charAt(0) != '/') {
      throw new Unreachable("a path begins with a slash: \"" + text + "\"");
    }
    var tokens = new ArrayList<String>();
    for (var token : text.substring(1).split("/", -1)) {
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return new JsonPointerPath(tokens);
  }

  boolean isRoot() {
    return tokens.isEmpty();
  }

  boolean startsWith(JsonPointerPath other) {
    return tokens.size() >= other.tokens.size()
        && tokens.subList(0, other.tokens.size()).equals(other.tokens);
  }

  JsonNode read(JsonNode root) throws Unreachable {
    var at = root;
    for (var token : tokens) {
      at = child(at, token);
    }
    return at;
  }

  /** Adds a field or an element before the one at the index; replaces a field that is there. */
  void add(JsonNode root, JsonNode value) throws Unreachable {
    switch (parent(root)) {
      case ObjectNode object -> object.set(last(), value);
      case ArrayNode array -> {
        int index = last().equals(END) ? array.size() : index(array, array.size());
        array.insert(index, value);
      }
      case JsonNode leaf -> throw missing(last());
    }
  }

  void replace(JsonNode root, JsonNode value) throws Unreachable {
    switch (parent(root)) {
      case ObjectNode object when object.has(last()) -> object.set(last(), value);
      case ArrayNode array -> array.set(index(array, array.size() - 1), value);
      case JsonNode other -> throw missing(last());
    }
  }

  JsonNode remove(JsonNode root) throws Unreachable {
    return switch (parent(root)) {
      case ObjectNode object when object.has(last()) -> object.remove(last());
      case ArrayNode array -> array.remove(index(array, array.size() - 1));
      case JsonNode other -> throw missing(last());
    };
  }

  private String last() {
    return tokens.getLast();
  }

  private JsonNode parent(JsonNode root) throws Unreachable {
    return new JsonPointerPath(tokens.subList(0, tokens.size() - 1)).read(root);
  }

  private JsonNode child(JsonNode at, String token) throws Unreachable {
    if (at instanceof ArrayNode array) {
      return array.get(index(token, array.size() - 1));
    }
    if (at.has(token)) {
      return at.get(token);
    }
    throw missing(token);
  }

  private int index(ArrayNode array, int max) throws Unreachable {
    return index(last(), max);
  }

  private static int index(String token, int max) throws Unreachable {
    boolean number = token.matches("0|[1-9][0-9]{0,8}");
    if (!number || Integer.parseInt(token) > max) {
      throw new Unreachable("index out of bounds or no index: " + token);
    }
    return Integer.parseInt(token);
  }

  private static Unreachable missing(String token) {
    return new Unreachable("missing key: " + token);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var token : tokens) {
      text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
