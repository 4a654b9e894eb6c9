package io.jkube.kubelet.pressure;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.container.Amounts;
import io.jkube.kubelet.container.Containers;
import io.jkube.kubelet.pressure.PodUse.ContainerUse;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Usage;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.volume.PodVolumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks what pods use of what the node runs short of. It costs a question a container, and a walk
 * through volumes for the disk: nobody asks unless something has to go.
 */
record PodUses(ContainerRuntime runtime, PodVolumes volumes) {
  /**
   * @throws RuntimeFailure when the engine does not answer
   */
  List<PodUse> of(EvictionSignal signal, List<Pod> pods) {
    Map<String, List<ContainerSummary>> running =
        runtime.containers().stream()
            .filter(container -> container.state() == State.RUNNING)
            .collect(Collectors.groupingBy(container -> container.pod().uid()));
    return pods.stream()
        .map(pod -> of(signal, pod, running.getOrDefault(pod.getMetadata().getUid(), List.of())))
        .toList();
  }

  private PodUse of(EvictionSignal signal, Pod pod, List<ContainerSummary> running) {
    var byName =
        running.stream()
            .collect(
                Collectors.toMap(ContainerSummary::name, Function.identity(), (one, other) -> one));
    var uses = new ArrayList<ContainerUse>();
    for (var container : lasting(pod)) {
      var found = byName.get(container.getName());
      long used = found == null ? 0 : used(signal, found.id());
      uses.add(new ContainerUse(container.getName(), requested(signal, container), used));
    }
    long requested = uses.stream().mapToLong(ContainerUse::requested).sum();
    long used = uses.stream().mapToLong(ContainerUse::used).sum() + inVolumes(signal, pod);
    return new PodUse(pod, Math.max(requested, requestedByPod(signal, pod)), used, uses);
  }

  private static List<Container> lasting(Pod pod) {
    var spec = pod.getSpec();
    return Stream.concat(
            spec.getInitContainers().stream().filter(Containers::isSidecar),
            spec.getContainers().stream())
        .toList();
  }

  private static long requested(EvictionSignal signal, Container container) {
    return switch (signal.pressure()) {
      case MEMORY -> Amounts.bytes(container, "memory", false);
      case DISK -> Amounts.bytes(container, "ephemeral-storage", false);
      case PID -> 0;
    };
  }

  private static long requestedByPod(EvictionSignal signal, Pod pod) {
    var whole = new Container();
    whole.setResources(pod.getSpec().getResources());
    return requested(signal, whole);
  }

  private long used(EvictionSignal signal, String container) {
    return switch (signal.pressure()) {
      case MEMORY -> runtime.usage(container).map(Usage::memoryBytes).orElse(0L);
      case PID -> runtime.usage(container).map(Usage::processes).orElse(0L);
      case DISK -> written(container);
    };
  }

  private long written(String container) {
    try {
      return runtime.writtenBytes(container);
    } catch (RuntimeFailure gone) {
      if (gone.kind() == RuntimeFailure.Kind.NOT_FOUND) {
        return 0;
      }
      throw gone;
    }
  }

  private long inVolumes(EvictionSignal signal, Pod pod) {
    return signal.pressure() != Pressure.DISK
        ? 0
        : pod.getSpec().getVolumes().stream()
            .filter(volume -> volume.getEmptyDir() != null)
            .filter(volume -> !"Memory".equals(volume.getEmptyDir().getMedium()))
            .mapToLong(volume -> volumes.usedBytes(pod, volume))
            .sum();
  }
}
