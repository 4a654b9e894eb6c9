package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import java.util.Comparator;
import java.util.List;

/** Brings what the engine says into the pod's state. Confined to the worker. */
final class PodObserver {
  private final PodParts parts;
  private final PodState state;
  private final PodProbes probes;
  private final PodEvents events;

  PodObserver(PodParts parts, PodState state, PodProbes probes, PodEvents events) {
    this.parts = parts;
    this.state = state;
    this.probes = probes;
    this.events = events;
  }

  /** Lists the pod's sandboxes and containers afresh. */
  void lookAgain() {
    var ref = state.ref();
    listed(
        parts.runtime().sandboxes().stream().filter(s -> s.pod().equals(ref)).toList(),
        parts.runtime().containers().stream().filter(c -> c.pod().equals(ref)).toList());
  }

  /**
   * All that the engine had of the pod a moment ago. What the worker made since is not in it:
   * absence is asked for again before it counts.
   */
  void listed(List<Sandbox> sandboxes, List<ContainerSummary> containers) {
    sandboxes.stream().max(Comparator.comparingInt(Sandbox::attempt)).ifPresent(this::adopt);
    if (state.sandbox() instanceof SandboxState.Ready ready
        && sandboxes.stream().noneMatch(s -> s.id().equals(ready.sandbox().id()) && s.running())) {
      sandboxChanged(ready.sandbox().id());
    }
    containers.stream()
        .filter(found -> state.records().containsKey(found.name()))
        .sorted(Comparator.comparingInt(ContainerSummary::attempt))
        .forEach(this::adopt);
    for (var record : state.records().values()) {
      boolean missing =
          record.exists()
              && containers.stream().noneMatch(c -> c.id().equals(record.newest().id()));
      if (missing) {
        containerChanged(record.newest().id());
      }
    }
  }

  /** An event named this id: a container of the pod, its sandbox, or neither. */
  void changed(String id) {
    if (state.sandbox() instanceof SandboxState.Ready ready && ready.sandbox().id().equals(id)) {
      sandboxChanged(id);
    } else {
      containerChanged(id);
    }
  }

  private void adopt(Sandbox found) {
    if (state.sandbox() instanceof SandboxState.Absent absent
        && found.attempt() >= absent.nextAttempt()) {
      state.sandbox(
          found.running()
              ? new SandboxState.Ready(found)
              : new SandboxState.Dead(found.id(), found.attempt()));
    }
  }

  private void sandboxChanged(String id) {
    var found = parts.runtime().sandbox(id);
    boolean runs = found.isPresent() && found.get().running();
    if (!runs && state.sandbox() instanceof SandboxState.Ready ready) {
      state.sandbox(new SandboxState.Dead(id, ready.sandbox().attempt()));
    }
  }

  private void adopt(ContainerSummary found) {
    var record = state.records().get(found.name());
    var known = record.newest();
    boolean same = known != null && known.id().equals(found.id()) && known.state() == found.state();
    if (!same) {
      parts.runtime().container(found.id()).ifPresent(c -> observe(record, c, found.sandboxId()));
    }
  }

  private void containerChanged(String id) {
    state
        .byId(id)
        .ifPresent(
            record ->
                parts
                    .runtime()
                    .container(id)
                    .ifPresentOrElse(
                        seen -> observe(record, seen, record.sandboxId()),
                        () -> {
                          record.lost(parts.clock().instant());
                          probes.end(id);
                        }));
  }

  private void observe(ContainerRecord record, ContainerRuntime.Container seen, String sandboxId) {
    boolean exitedBefore = record.hasExited() && record.newest().id().equals(seen.id());
    record.observe(seen, sandboxId);
    if (record.newest() != seen) {
      return;
    }
    var spec = state.container(record.name());
    if (record.hasExited() && !exitedBefore) {
      probes.end(seen.id());
      record.leaveMessage(lastWords(spec, seen));
    } else if (record.isRunning()) {
      running(spec, record);
    }
  }

  /** The container had ended when it was first looked at: nobody will see it end. */
  void ended(Container spec, ContainerRecord record) {
    if (record.hasExited()) {
      record.leaveMessage(lastWords(spec, record.newest()));
    }
  }

  private String lastWords(Container spec, ContainerRuntime.Container ended) {
    var file = parts.volumes().terminationMessageFile(state.pod(), spec, ended.attempt());
    return TerminationMessage.of(parts.runtime(), spec, ended, file);
  }

  /**
   * The container runs: without probes it is as started and ready as it will be. One taken over is
   * as ready as it was said to be until its probe says otherwise.
   */
  void running(Container spec, ContainerRecord record) {
    var id = record.newest().id();
    if (probes.has(id) || state.isBeingDeleted()) {
      return;
    }
    record.markStarted(spec.getStartupProbe() == null);
    record.markReady(
        record.started() && (spec.getReadinessProbe() == null || wasReady(spec.getName(), id)));
    var about = events.of(spec.getName(), state.listOf(spec.getName()));
    probes.begin(spec, id, state.facts().podAddress(), about);
  }

  private boolean wasReady(String name, String id) {
    for (var status : state.tree().at("/status/containerStatuses")) {
      if (status.path("name").asText().equals(name)) {
        return status.path("ready").asBoolean()
            && status.path("containerID").asText().endsWith("/" + id);
      }
    }
    return false;
  }
}
