package io.jkube.apiserver.authn.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** A field nobody knows is a typing error, and here one that lets somebody in. */
final class ConfigFields {
  private ConfigFields() {}

  /**
   * @throws IllegalArgumentException naming a field that is not among those
   */
  static void known(JsonNode object, String at, Set<String> fields) {
    for (var names = object.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!fields.contains(name)) {
        throw new IllegalArgumentException(
            "unknown field \"" + (at.isEmpty() ? "" : at + ".") + name + "\"");
      }
    }
  }
}
