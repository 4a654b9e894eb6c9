package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.container.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a pod needs next, decided from what is known of its containers (Kubernetes: "Pod Lifecycle",
 * "Init Containers", "Sidecar Containers"). Back-off is not its matter.
 */
sealed interface PodPlan {
  /** Nothing runs and nothing will again. */
  record Finished(boolean succeeded) implements PodPlan {}

  /**
   * @param start containers that should run and do not, in order
   * @param initialized whether every init container has done its part
   */
  record Run(List<Container> start, boolean initialized) implements PodPlan {}

  /**
   * @param sandboxId of the running sandbox, or null
   */
  static PodPlan of(Pod pod, Map<String, ContainerRecord> records, String sandboxId) {
    if (initFailed(pod, records)) {
      return new Finished(false);
    }
    var mains = pod.getSpec().getContainers();
    boolean over =
        mains.stream()
            .allMatch(
                main -> {
                  var record = records.get(main.getName());
                  return record.hasExited() && !Restarts.wanted(pod, main, record);
                });
    if (over) {
      return new Finished(mains.stream().allMatch(main -> records.get(main.getName()).succeeded()));
    }
    boolean begun =
        sandboxId != null
            && mains.stream().anyMatch(main -> records.get(main.getName()).isIn(sandboxId));
    var start = new ArrayList<Container>();
    boolean initialized = begin(pod, records, sandboxId, begun, start);
    if (initialized) {
      for (var main : mains) {
        var record = records.get(main.getName());
        if (!record.isRunning() && (!record.hasExited() || Restarts.wanted(pod, main, record))) {
          start.add(main);
        }
      }
    }
    return new Run(start, initialized);
  }

  private static boolean initFailed(Pod pod, Map<String, ContainerRecord> records) {
    return pod.getSpec().getInitContainers().stream()
        .filter(init -> !Containers.isSidecar(init))
        .anyMatch(init -> Restarts.initFailedForGood(pod, init, records.get(init.getName())));
  }

  /** Adds the init containers to start; answers whether the others may start too. */
  private static boolean begin(
      Pod pod,
      Map<String, ContainerRecord> records,
      String sandboxId,
      boolean begun,
      List<Container> start) {
    for (var init : pod.getSpec().getInitContainers()) {
      var record = records.get(init.getName());
      boolean sidecar = Containers.isSidecar(init);
      if (begun && !sidecar) {
        continue;
      }
      boolean here = sandboxId != null && record.isIn(sandboxId);
      boolean done =
          here && (sidecar ? record.isRunning() && record.started() : record.succeeded());
      if (!done && !(here && record.isRunning())) {
        start.add(init);
      }
      if (!done && !begun) {
        return false;
      }
    }
    return true;
  }
}
