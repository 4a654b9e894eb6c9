package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerResizePolicy;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.jkube.kubelet.container.Amounts;
import io.jkube.kubelet.container.Containers;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives running containers the CPU and memory that their pod asks for now (Kubernetes: "Resize CPU
 * and Memory Resources assigned to Containers"): all of a pod's changes or, where they do not fit
 * on the node, none. Confined to the worker.
 */
final class Resize {
  private static final Duration NEXT_TRY = Duration.ofSeconds(10);
  private static final Set<String> RESIZABLE = Set.of("cpu", "memory");

  /** What a status says of a resize that is not done: a condition and its reason. */
  record Standing(String condition, String reason, String message) {
    static final String PENDING = "PodResizePending";
    static final String IN_PROGRESS = "PodResizeInProgress";
  }

  private final PodParts parts;
  private final PodState state;
  private final PodEvents events;
  private final PodEnd end;

  Resize(PodParts parts, PodState state, PodEvents events, PodEnd end) {
    this.parts = parts;
    this.state = state;
    this.events = events;
    this.end = end;
    parts.room().take(state.uid(), share(true));
  }

  /** The pod's room is another's now. */
  void close() {
    parts.room().free(state.uid());
  }

  /** Makes the next step towards what the pod asks for. */
  void advance() {
    var changed = resizable().stream().filter(spec -> !changes(spec).isEmpty()).toList();
    if (changed.isEmpty()) {
      state.resizing(null);
      return;
    }
    var refusal = parts.room().change(state.uid(), share(false));
    if (refusal.isPresent()) {
      wait(new Standing(Standing.PENDING, refusal.get().reason(), refusal.get().message()));
      return;
    }
    for (var spec : changed) {
      if (!give(spec)) {
        return;
      }
    }
    state.resizing(null);
    events.normal("ResizeCompleted", "Pod resize completed");
  }

  /** Answers false when the engine refused; it is asked again later. */
  private boolean give(Container spec) {
    var changes = changes(spec);
    var record = state.record(spec);
    boolean anew = changes.stream().anyMatch(resource -> needsRestart(spec, resource));
    var before = state.allocated(spec);
    state.allocate(spec);
    if (!record.isRunning()) {
      return true;
    }
    if (anew) {
      var why = "Container " + spec.getName() + " resize requires restart";
      end.stop(spec, state.gracePeriod(), why);
      return true;
    }
    try {
      var amounts = Amounts.of(state.pod(), spec, parts.machine().memoryBytes());
      parts.runtime().resizeContainer(record.newest().id(), amounts);
      return true;
    } catch (RuntimeFailure failure) {
      state.allocate(spec.getName(), before);
      var about = "container " + spec.getName() + ": " + failure.getMessage();
      wait(new Standing(Standing.IN_PROGRESS, "Error", about));
      return false;
    }
  }

  private void wait(Standing why) {
    if (!why.equals(state.resizing())) {
      state.resizing(why);
      var event = why.condition().equals(Standing.PENDING) ? why.reason() : "Error";
      events.warning("Resize" + event, why.message());
    }
    state.wakeBy(parts.clock().instant().plus(NEXT_TRY));
  }

  /** Init containers that end have their time behind them. */
  private List<Container> resizable() {
    return state
        .allContainers()
        .filter(spec -> !state.isInit(spec.getName()) || Containers.isSidecar(spec))
        .toList();
  }

  private Set<String> changes(Container spec) {
    var wanted = spec.getResources();
    var given = state.allocated(spec);
    var changed = new TreeSet<String>();
    for (var resource : RESIZABLE) {
      boolean same =
          equal(requests(wanted), requests(given), resource)
              && equal(limits(wanted), limits(given), resource);
      if (!same) {
        changed.add(resource);
      }
    }
    return changed;
  }

  private static boolean needsRestart(Container spec, String resource) {
    return spec.getResizePolicy().stream()
        .filter(policy -> resource.equals(policy.getResourceName()))
        .map(ContainerResizePolicy::getRestartPolicy)
        .anyMatch("RestartContainer"::equals);
  }

  private static Map<String, Quantity> requests(ResourceRequirements resources) {
    return resources == null || resources.getRequests() == null
        ? Map.of()
        : resources.getRequests();
  }

  private static Map<String, Quantity> limits(ResourceRequirements resources) {
    return resources == null || resources.getLimits() == null ? Map.of() : resources.getLimits();
  }

  private static boolean equal(Map<String, Quantity> one, Map<String, Quantity> other, String key) {
    var a = one.get(key);
    var b = other.get(key);
    return a == null || b == null
        ? a == b
        : a.getNumericalAmount().compareTo(b.getNumericalAmount()) == 0;
  }

  /**
   * @param given what the pod has, not what it asks for
   */
  private NodeRoom.Share share(boolean given) {
    var sum = new NodeRoom.Share(0, 0);
    for (var spec : resizable()) {
      var each = given ? state.asAllocated(spec) : spec;
      sum =
          sum.plus(
              new NodeRoom.Share(
                  Amounts.milliCpu(each, false), Amounts.bytes(each, "memory", false)));
    }
    return sum;
  }
}
