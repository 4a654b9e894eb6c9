package io.jkube.registry.admission;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a pod asks for as a whole: the sum of its containers and sidecars, or what one of its init
 * containers needs where that is more.
 */
final class PodTotals {
  private PodTotals() {}

  /**
   * @param list {@code requests} or {@code limits}; a resource counts as limited only where every
   *     container limits it
   */
  static ObjectNode of(ObjectNode pod, String list) {
    var pointer = "/resources/" + list;
    var total = new TreeMap<String, Quantity>();
    var containers = objects(pod, "/spec/containers");
    containers.forEach(each -> add(total, each.at(pointer)));
    for (var init : objects(pod, "/spec/initContainers")) {
      if (text(init, "/restartPolicy").equals("Always")) {
        add(total, init.at(pointer));
      } else {
        init.at(pointer)
            .properties()
            .forEach(
                each -> total.merge(each.getKey(), Quantity.of(each.getValue()), PodTotals::max));
      }
    }
    if (list.equals("limits")) {
      total.keySet().retainAll(limitedByAll(containers, pointer));
    }
    var tree = Json.object();
    total.forEach((name, amount) -> tree.put(name, amount.toString()));
    return tree;
  }

  private static Set<String> limitedByAll(List<ObjectNode> containers, String pointer) {
    Set<String> all = null;
    for (var container : containers) {
      var own = new HashSet<String>();
      container.at(pointer).fieldNames().forEachRemaining(own::add);
      if (all == null) {
        all = own;
      } else {
        all.retainAll(own);
      }
    }
    return all == null ? Set.of() : all;
  }

  private static void add(Map<String, Quantity> total, JsonNode amounts) {
    amounts
        .properties()
        .forEach(each -> total.merge(each.getKey(), Quantity.of(each.getValue()), Quantity::plus));
  }

  private static Quantity max(Quantity one, Quantity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
