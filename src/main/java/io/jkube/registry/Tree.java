package io.jkube.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Short words for looking into a tree; paths are JSON pointers ({@code /spec/nodeName}). */
public final class Tree {
  private Tree() {}

  /** The text there, or "" when there is none. */
  public static String text(JsonNode node, String pointer) {
    var found = node.at(pointer);
    return found.isValueNode() && !found.isNull() ? found.asText() : "";
  }

  /** Whether something other than null, "", [] and {} is there. */
  public static boolean has(JsonNode node, String pointer) {
    return !isEmpty(node.at(pointer));
  }

  /** Whether the node is missing, null, "", [] or {}. */
  public static boolean isEmpty(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isTextual() && node.textValue().isEmpty())
        || (node.isContainerNode() && node.isEmpty());
  }

  /** The objects in the array there; none when there is no array. */
  public static List<ObjectNode> objects(JsonNode node, String pointer) {
    return elements(node, pointer)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /** The texts in the array there; none when there is no array. */
  public static List<String> texts(JsonNode node, String pointer) {
    return elements(node, pointer).filter(JsonNode::isTextual).map(JsonNode::textValue).toList();
  }

  /** How many elements or fields there are. */
  public static int size(JsonNode node, String pointer) {
    return node.at(pointer).size();
  }

  /** The object in this field, made when there is none. */
  public static ObjectNode child(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
  }

  /** Sets a text where there is none, or an empty one. */
  public static void putIfEmpty(ObjectNode parent, String field, String value) {
    if (isEmpty(parent.path(field))) {
      parent.put(field, value);
    }
  }

  /** Sets a number where there is none. */
  public static void putIfAbsent(ObjectNode parent, String field, int value) {
    if (parent.path(field).isMissingNode() || parent.path(field).isNull()) {
      parent.put(field, value);
    }
  }

  /** Sets a truth value where there is none. */
  public static void putIfAbsent(ObjectNode parent, String field, boolean value) {
    if (parent.path(field).isMissingNode() || parent.path(field).isNull()) {
      parent.put(field, value);
    }
  }

  /** Puts the field back to what it was in {@code from}, absent included. */
  public static void restore(ObjectNode into, ObjectNode from, String field) {
    var value = from.get(field);
    if (value == null) {
      into.remove(field);
    } else {
      into.set(field, value.deepCopy());
    }
  }

  private static Stream<JsonNode> elements(JsonNode node, String pointer) {
    var found = node.at(pointer);
    return found.isArray() ? StreamSupport.stream(found.spliterator(), false) : Stream.empty();
  }
}
