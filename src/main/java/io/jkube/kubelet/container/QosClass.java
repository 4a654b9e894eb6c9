package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How sure a pod is of its resources (Kubernetes: "Pod Quality of Service Classes"). */
public enum QosClass {
  GUARANTEED("Guaranteed"),
  BURSTABLE("Burstable"),
  BEST_EFFORT("BestEffort");

  private static final List<String> COUNTED = List.of("cpu", "memory");

  private final String text;

  QosClass(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public static QosClass of(Pod pod) {
    boolean anything = false;
    boolean guaranteed = true;
    for (var resources : holders(pod)) {
      var limits = counted(resources, true);
      var requests = counted(resources, false);
      anything |= !limits.isEmpty() || !requests.isEmpty();
      guaranteed &=
          limits.size() == COUNTED.size() && (requests.isEmpty() || sameAmounts(requests, limits));
    }
    if (!anything) {
      return BEST_EFFORT;
    }
    return guaranteed ? GUARANTEED : BURSTABLE;
  }

  /** Resources stated for the whole pod speak for all its containers. */
  private static List<ResourceRequirements> holders(Pod pod) {
    var ofPod = pod.getSpec().getResources();
    if (!counted(ofPod, true).isEmpty() || !counted(ofPod, false).isEmpty()) {
      return List.of(ofPod);
    }
    return Stream.of(pod.getSpec().getContainers(), pod.getSpec().getInitContainers())
        .flatMap(List::stream)
        .map(Container::getResources)
        .map(each -> each == null ? new ResourceRequirements() : each)
        .toList();
  }

  private static Map<String, Quantity> counted(ResourceRequirements resources, boolean limits) {
    var all = resources == null ? null : limits ? resources.getLimits() : resources.getRequests();
    if (all == null) {
      return Map.of();
    }
    var counted = new HashMap<String, Quantity>(all);
    counted.keySet().retainAll(COUNTED);
    counted.values().removeIf(q -> q == null || q.getNumericalAmount().signum() == 0);
    return counted;
  }

  private static boolean sameAmounts(Map<String, Quantity> requests, Map<String, Quantity> limits) {
    return requests.entrySet().stream()
        .allMatch(
            request ->
                Objects.requireNonNull(limits.get(request.getKey()))
                        .getNumericalAmount()
                        .compareTo(request.getValue().getNumericalAmount())
                    == 0);
  }
}
