package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Copies of objects, to be changed by who makes them. */
public final class OwnTree {
  private OwnTree() {}

  /**
   * A deep copy, but for {@code metadata.managedFields}, which is large, and which everyone
   * replaces and no one writes into.
   */
  public static ObjectNode copy(ObjectNode object) {
    var copy = object.objectNode();
    for (var field : object.properties()) {
      boolean metadata = field.getKey().equals("metadata");
      copy.set(
          field.getKey(),
          metadata && field.getValue() instanceof ObjectNode inner
              ? metadata(inner)
              : field.getValue().deepCopy());
    }
    return copy;
  }

  private static ObjectNode metadata(ObjectNode metadata) {
    var copy = metadata.objectNode();
    for (var field : metadata.properties()) {
      boolean shared = field.getKey().equals("managedFields");
      copy.set(field.getKey(), shared ? field.getValue() : field.getValue().deepCopy());
    }
    return copy;
  }
}
