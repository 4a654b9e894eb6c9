package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jkube.registry.schema.MergeRule;
import java.util.ArrayList;

/**
 * {@code $setElementOrder}: the entries it names come in its order; one that only the server has
 * stays behind the entry it stood behind.
 */
final class ElementOrder {
  private ElementOrder() {}

  static ArrayNode apply(ArrayNode entries, ArrayNode order, MergeRule rule) {
    var ordered = new ArrayList<JsonNode>();
    for (var wanted : order) {
      for (var entry : entries) {
        if (keyOf(entry, rule).equals(keyOf(wanted, rule))) {
          ordered.add(entry);
        }
      }
    }
    for (int i = 0; i < entries.size(); i++) {
      if (!containsSame(ordered, entries.get(i))) {
        int behind = i == 0 ? -1 : indexOfSame(ordered, entries.get(i - 1));
        ordered.add(behind + 1, entries.get(i));
      }
    }
    var result = entries.arrayNode();
    ordered.forEach(result::add);
    return result;
  }

  private static JsonNode keyOf(JsonNode entry, MergeRule rule) {
    return rule.list() == MergeRule.ListKind.MAP ? entry.path(rule.mergeKey()) : entry;
  }

  private static boolean containsSame(ArrayList<JsonNode> nodes, JsonNode node) {
    return indexOfSame(nodes, node) >= 0;
  }

  private static int indexOfSame(ArrayList<JsonNode> nodes, JsonNode node) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) == node) {
        return i;
      }
    }
    return -1;
  }
}
