package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.HashSet;
import java.util.function.UnaryOperator;

/** No two elements of a set are the same; no two of a map list have the same keys. */
final class Uniqueness {
  private Uniqueness() {}

  static void check(JsonNode schema, ArrayNode list, String path, Violations violations) {
    UnaryOperator<JsonNode> identity =
        switch (Tree.text(schema, "/x-kubernetes-list-type")) {
          case "set" -> each -> each;
          case "map" -> {
            var keys = Tree.texts(schema, "/x-kubernetes-list-map-keys");
            yield each -> Correlation.key(keys, each);
          }
          default -> null;
        };
    if (identity == null) {
      return;
    }
    var seen = new HashSet<JsonNode>();
    for (int i = 0; i < list.size(); i++) {
      var own = identity.apply(list.get(i));
      if (!seen.add(own)) {
        violations.add("FieldValueDuplicate", path + "[" + i + "]", "Duplicate value: " + own);
      }
    }
  }
}
