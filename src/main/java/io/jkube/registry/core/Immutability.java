package io.jkube.registry.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Violations;

/** What {@code immutable: true} forbids: to change the data, and to take the word back. */
final class Immutability {
  private static final String WHY = "field is immutable when `immutable` is set";

  private Immutability() {}

  static void validate(
      ObjectNode updated, ObjectNode current, Violations violations, String... fields) {
    if (!current.path("immutable").asBoolean()) {
      return;
    }
    if (!updated.path("immutable").asBoolean()) {
      violations.forbidden("immutable", WHY);
    }
    for (var field : fields) {
      violations.forbidIfChanged(field, updated, current, WHY);
    }
  }
}
