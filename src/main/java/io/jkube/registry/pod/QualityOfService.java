package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Quantity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The class of a pod that says who is evicted first ("Pod Quality of Service Classes"). */
public final class QualityOfService {
  private static final Set<String> COUNTED = Set.of("cpu", "memory");

  private QualityOfService() {}

  /** {@code Guaranteed}, {@code Burstable} or {@code BestEffort}; wants defaults to be applied. */
  public static String of(ObjectNode podSpec) {
    var holders = holders(podSpec);
    var requests = new HashMap<String, Quantity>();
    var limits = new HashMap<String, Quantity>();
    boolean allLimited = true;
    for (var holder : holders) {
      sum(holder, "/resources/requests", requests);
      allLimited &= sum(holder, "/resources/limits", limits).containsAll(COUNTED);
    }
    if (requests.isEmpty() && limits.isEmpty()) {
      return "BestEffort";
    }
    return allLimited && requests.equals(limits) ? "Guaranteed" : "Burstable";
  }

  /** Resources stated for the whole pod speak for all its containers. */
  private static List<ObjectNode> holders(ObjectNode spec) {
    if (!spec.at("/resources/limits").isEmpty() || !spec.at("/resources/requests").isEmpty()) {
      return List.of(spec);
    }
    return Stream.concat(
            objects(spec, "/containers").stream(), objects(spec, "/initContainers").stream())
        .toList();
  }

  private static Set<String> sum(ObjectNode holder, String list, Map<String, Quantity> sums) {
    var seen = new HashSet<String>();
    for (var amount : holder.at(list).properties()) {
      var quantity = Quantity.of(amount.getValue());
      if (COUNTED.contains(amount.getKey()) && quantity.signum() > 0) {
        seen.add(amount.getKey());
        sums.merge(amount.getKey(), quantity, Quantity::plus);
      }
    }
    return seen;
  }
}
