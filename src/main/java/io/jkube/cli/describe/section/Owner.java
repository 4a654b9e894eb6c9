package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;

/** The controller that an object belongs to. */
public final class Owner {
  private Owner() {}

  /** {@code ReplicaSet/web-5d4}; empty for none. */
  public static String of(JsonNode object) {
    for (var owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner.path("kind").asText() + "/" + owner.path("name").asText();
      }
    }
    return "";
  }
}
