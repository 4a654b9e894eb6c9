package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The finalizers of an object: who has to agree before it goes. */
final class Finalizers {
  private Finalizers() {}

  static boolean has(ObjectNode object, String finalizer) {
    return object
        .path("metadata")
        .path("finalizers")
        .valueStream()
        .anyMatch(each -> each.asText().equals(finalizer));
  }

  /** The object with one more; empty when it has it already. */
  static Optional<ObjectNode> with(ObjectNode object, String finalizer) {
    if (has(object, finalizer)) {
      return Optional.empty();
    }
    var next = object.deepCopy();
    next.withObject("metadata").withArray("finalizers").add(finalizer);
    return Optional.of(next);
  }

  /** The object with one less; empty when it has it not. */
  static Optional<ObjectNode> without(ObjectNode object, String finalizer) {
    if (!has(object, finalizer)) {
      return Optional.empty();
    }
    var next = object.deepCopy();
    var all = (ArrayNode) next.path("metadata").path("finalizers");
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).asText().equals(finalizer)) {
        all.remove(i);
      }
    }
    return Optional.of(next);
  }
}
