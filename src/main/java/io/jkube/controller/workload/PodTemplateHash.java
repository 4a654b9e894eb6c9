package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.TreeMap;

/**
 * A short name for a pod template: equal templates have the same. FNV-1a over the JSON with sorted
 * keys, spelt in the letters that Kubernetes uses for names made up, among which no word can occur.
 */
final class PodTemplateHash {
  static final String LABEL = "pod-template-hash";

  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int OFFSET_BASIS = 0x811c9dc5;
  private static final int PRIME = 0x01000193;

  private PodTemplateHash() {}

  /**
   * @param collisions how often the hash was found taken by another template
   */
  static String of(JsonNode template, int collisions) {
    int hash = OFFSET_BASIS;
    for (byte each : Json.bytes(sorted(template))) {
      hash = (hash ^ (each & 0xff)) * PRIME;
    }
    for (int i = 0; i < Integer.BYTES && collisions > 0; i++) {
      hash = (hash ^ (collisions >>> (8 * i) & 0xff)) * PRIME;
    }
    var digits = Integer.toUnsignedString(hash);
    var spelt = new StringBuilder(digits.length());
    digits.chars().forEach(digit -> spelt.append(LETTERS.charAt(digit % LETTERS.length())));
    return spelt.toString();
  }

  /** Whether two templates are the same but for the label that this class makes. */
  static boolean sameTemplate(JsonNode one, JsonNode other) {
    return withoutHash(one).equals(withoutHash(other));
  }

  private static JsonNode withoutHash(JsonNode template) {
    var copy = template.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      if (metadata.path("labels") instanceof ObjectNode labels) {
        labels.remove(LABEL);
        if (labels.isEmpty()) {
          metadata.remove("labels");
        }
      }
      metadata.remove("creationTimestamp");
    }
    return copy;
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      var list = Json.array();
      node.forEach(element -> list.add(sorted(element)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    var fields = new TreeMap<String, JsonNode>();
    node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
    return Json.object().setAll(fields);
  }
}
