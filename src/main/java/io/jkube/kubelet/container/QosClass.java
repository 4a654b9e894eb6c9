package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    var containers = new ArrayList<Container>(pod.getSpec().getContainers());
    containers.addAll(pod.getSpec().getInitContainers());
    boolean anything = false;
    boolean guaranteed = true;
    for (var container : containers) {
      var limits = counted(container, true);
      var requests = counted(container, false);
      anything |= !limits.isEmpty() || !requests.isEmpty();
      guaranteed &=
          limits.size() == COUNTED.size() && (requests.isEmpty() || sameAmounts(requests, limits));
    }
    if (!anything) {
      return BEST_EFFORT;
    }
    return guaranteed ? GUARANTEED : BURSTABLE;
  }

  private static Map<String, Quantity> counted(Container container, boolean limits) {
    var resources = container.getResources();
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
