package io.jkube.registry.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;

/** What the two versions of OpenAPI write differently about a schema. */
enum Dialect {
  V2("#/definitions/") {
    @Override
    void refer(ObjectNode into, String definition) {
      into.put("$ref", prefix() + definition);
    }
  },
  V3("#/components/schemas/") {
    /** Beside a plain reference v3 allows nothing else. */
    @Override
    void refer(ObjectNode into, String definition) {
      into.putArray("allOf").addObject().put("$ref", prefix() + definition);
    }
  };

  private final String prefix;

  Dialect(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  /** Says that a field, which says more of itself, is of the definition. */
  abstract void refer(ObjectNode into, String definition);

  /** A plain reference. */
  ObjectNode reference(String definition) {
    return Json.object().put("$ref", prefix + definition);
  }
}
