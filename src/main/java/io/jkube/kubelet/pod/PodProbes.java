package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.jkube.kubelet.probe.Checks;
import io.jkube.kubelet.probe.ProbeKind;
import io.jkube.kubelet.probe.ProbeLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The probes of a pod's running containers. Confined to the worker, which the probes signal. */
final class PodProbes {
  private final Checks checks;
  private final Consumer<Signal> inbox;
  private final Map<String, List<ProbeLoop>> byContainerId = new HashMap<>();

  PodProbes(Checks checks, Consumer<Signal> inbox) {
    this.checks = checks;
    this.inbox = inbox;
  }

  /** The startup probe alone, where there is one; else those that go on. */
  void begin(Container container, String containerId, String address, PodEvents events) {
    if (container.getStartupProbe() != null) {
      begin(
          ProbeKind.STARTUP, container.getStartupProbe(), container, containerId, address, events);
    } else {
      beginOngoing(container, containerId, address, events);
    }
  }

  /** Liveness and readiness: once the container has started up. */
  void beginOngoing(Container container, String containerId, String address, PodEvents events) {
    if (container.getLivenessProbe() != null) {
      var probe = container.getLivenessProbe();
      begin(ProbeKind.LIVENESS, probe, container, containerId, address, events);
    }
    if (container.getReadinessProbe() != null) {
      var probe = container.getReadinessProbe();
      begin(ProbeKind.READINESS, probe, container, containerId, address, events);
    }
  }

  boolean has(String containerId) {
    return byContainerId.containsKey(containerId);
  }

  void end(String containerId) {
    var loops = byContainerId.remove(containerId);
    if (loops != null) {
      loops.forEach(ProbeLoop::close);
    }
  }

  void endAll() {
    List.copyOf(byContainerId.keySet()).forEach(this::end);
  }

  private void begin(
      ProbeKind kind,
      Probe probe,
      Container container,
      String containerId,
      String address,
      PodEvents events) {
    var listener =
        new ProbeLoop.Listener() {
          @Override
          public void failed(String message) {
            events.warning("Unhealthy", kind.text() + " probe failed: " + message);
          }

          @Override
          public void turned(boolean success, String message) {
            inbox.accept(new Signal.Probed(containerId, kind, success, message));
          }
        };
    byContainerId
        .computeIfAbsent(containerId, id -> new ArrayList<>())
        .add(new ProbeLoop(checks, kind, probe, container, containerId, address, listener));
  }
}
