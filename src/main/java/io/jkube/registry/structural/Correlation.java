package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which element of a list was which before: by the keys of a map list, else by nothing but its
 * place and only to find it unchanged.
 */
public final class Correlation {
  private final JsonNode old;
  private final List<String> keys;
  private final Map<JsonNode, JsonNode> byKey = new HashMap<>();

  /**
   * @param old the list before, or null
   */
  public Correlation(JsonNode schema, JsonNode old) {
    this.old = old;
    boolean map = Tree.text(schema, "/x-kubernetes-list-type").equals("map");
    this.keys = map ? Tree.texts(schema, "/x-kubernetes-list-map-keys") : List.of();
    if (old != null && !keys.isEmpty()) {
      old.forEach(each -> byKey.put(key(keys, each), each));
    }
  }

  /** The element before, or null. */
  public JsonNode of(JsonNode element, int index) {
    if (old == null) {
      return null;
    }
    if (!keys.isEmpty()) {
      return byKey.get(key(keys, element));
    }
    var there = old.get(index);
    return element.equals(there) ? there : null;
  }

  /** The key of an element of a map list. */
  static ObjectNode key(List<String> names, JsonNode element) {
    var key = Json.object();
    names.forEach(
        name -> {
          if (element.has(name)) {
            key.set(name, element.get(name));
          }
        });
    return key;
  }
}
