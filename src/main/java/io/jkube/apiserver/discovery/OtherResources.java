package io.jkube.apiserver.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.HashMap;

/** Another server's APIResourceList in the words of {@code apidiscovery.k8s.io/v2}. */
final class OtherResources {
  private OtherResources() {}

  static void write(OtherVersion other, ArrayNode resources) {
    if (other.resources() == null) {
      return;
    }
    var byName = new HashMap<String, ObjectNode>();
    for (var told : other.resources().path("resources")) {
      var name = told.path("name").asText();
      if (name.indexOf('/') < 0) {
        byName.put(name, resource(resources.addObject(), name, told, other));
      }
    }
    for (var told : other.resources().path("resources")) {
      var name = told.path("name").asText().split("/", 2);
      if (name.length > 1 && byName.get(name[0]) instanceof ObjectNode parent) {
        var below = parent.withArray("subresources").addObject().put("subresource", name[1]);
        below.set("responseKind", kind(told, other));
        below.set("verbs", told.path("verbs").deepCopy());
      }
    }
  }

  private static ObjectNode resource(
      ObjectNode entry, String name, JsonNode told, OtherVersion other) {
    entry.put("resource", name);
    entry.set("responseKind", kind(told, other));
    entry
        .put("scope", told.path("namespaced").asBoolean() ? "Namespaced" : "Cluster")
        .put("singularResource", told.path("singularName").asText());
    entry.set("verbs", told.path("verbs").deepCopy());
    for (var field : new String[] {"shortNames", "categories"}) {
      if (told.has(field)) {
        entry.set(field, told.get(field).deepCopy());
      }
    }
    return entry;
  }

  private static ObjectNode kind(JsonNode told, OtherVersion other) {
    return Json.object()
        .put("group", told.path("group").asText(other.group()))
        .put("version", told.path("version").asText(other.version()))
        .put("kind", told.path("kind").asText());
  }
}
