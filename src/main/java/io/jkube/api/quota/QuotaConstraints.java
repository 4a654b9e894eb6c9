package io.jkube.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where CPU or memory is limited by a quota, every container must say how much it needs. */
public final class QuotaConstraints {
  private static final Set<String> REQUIRED =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  private QuotaConstraints() {}

  /**
   * What a pod leaves out, in upstream's words; empty when it says all.
   *
   * @param limited names of the quota that concern pods
   */
  public static Optional<String> missing(JsonNode pod, Set<String> limited) {
    var required = new TreeSet<>(limited);
    required.retainAll(REQUIRED);
    required.removeAll(
        QuotaUsage.compute(
                Amounts.of(pod.path("spec").path("resources").path("requests")),
                Amounts.of(pod.path("spec").path("resources").path("limits")))
            .keySet());
    if (required.isEmpty()) {
      return Optional.empty();
    }
    var missing = new TreeMap<String, Set<String>>();
    for (var container : containers(pod)) {
      var said =
          QuotaUsage.compute(
                  PodAmounts.container(container, "requests"),
                  PodAmounts.container(container, "limits"))
              .keySet();
      for (var name : required) {
        if (!said.contains(name)) {
          missing
              .computeIfAbsent(name, any -> new TreeSet<>())
              .add(container.path("name").asText());
        }
      }
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(text(missing));
  }

  private static List<JsonNode> containers(JsonNode pod) {
    var all = new ArrayList<JsonNode>();
    pod.path("spec").path("containers").forEach(all::add);
    pod.path("spec").path("initContainers").forEach(all::add);
    return all;
  }

  private static String text(Map<String, Set<String>> missing) {
    return missing.entrySet().stream()
        .map(each -> each.getKey() + " for: " + String.join(",", each.getValue()))
        .collect(Collectors.joining("; ", "must specify ", ""));
  }
}
