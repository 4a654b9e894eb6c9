package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.DeleteOptions;
import io.jkube.kubelet.container.Containers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a pod: its containers stop, main ones together, sidecars after them in reverse order;
 * then the rest goes (Kubernetes: "Pod Termination").
 */
final class PodEnd {
  private static final Logger LOG = LoggerFactory.getLogger(PodEnd.class);
  private static final Duration LAST_STATUS = Duration.ofSeconds(5);
  private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

  private final PodParts parts;
  private final PodState state;
  private final PodEvents events;
  private final ContainerStops stops;
  private final PodReport report;
  private long begunNanos;
  private boolean begun;

  PodEnd(PodParts parts, PodState state, PodEvents events, ContainerStops stops, PodReport report) {
    this.parts = parts;
    this.state = state;
    this.events = events;
    this.stops = stops;
    this.report = report;
  }

  /** Stops what runs; true once nothing does. */
  boolean stopAll(Duration grace) {
    if (!begun) {
      begun = true;
      begunNanos = System.nanoTime();
    }
    var next = nextToStop();
    next.forEach(
        container -> stop(container, left(grace), "Stopping container " + container.getName()));
    return next.isEmpty();
  }

  /** Stops one container; the reason is told once. */
  void stop(Container container, Duration grace, String why) {
    var record = state.record(container);
    if (!record.isRunning()) {
      return;
    }
    var about = events.of(container.getName(), state.listOf(container.getName()));
    var id = record.newest().id();
    if (stops.stop(container, id, state.facts().podAddress(), grace, about)) {
      about.normal("Killing", why);
    }
  }

  private List<Container> nextToStop() {
    var spec = state.pod().getSpec();
    var running = new ArrayList<Container>();
    Stream.concat(spec.getContainers().stream(), state.ephemeralContainers().stream())
        .filter(container -> state.record(container).isRunning())
        .forEach(running::add);
    var inits = spec.getInitContainers();
    inits.stream()
        .filter(init -> !Containers.isSidecar(init) && state.record(init).isRunning())
        .forEach(running::add);
    for (int i = inits.size() - 1; i >= 0 && running.isEmpty(); i--) {
      if (state.record(inits.get(i)).isRunning()) {
        running.add(inits.get(i));
      }
    }
    return running;
  }

  private Duration left(Duration grace) {
    var least = grace.compareTo(LEAST_GRACE) < 0 ? grace : LEAST_GRACE;
    var left = grace.minusNanos(System.nanoTime() - begunNanos);
    return left.compareTo(least) > 0 ? left : least;
  }

  /** Takes the pod's sandbox, containers and volumes away. */
  void remove() {
    switch (state.sandbox()) {
      case SandboxState.Ready ready ->
          removeSandbox(ready.sandbox().id(), ready.sandbox().attempt());
      case SandboxState.Dead dead -> removeSandbox(dead.id(), dead.attempt());
      case SandboxState.Absent absent -> {}
    }
    for (var record : state.records().values()) {
      if (record.exists()) {
        parts.runtime().removeContainer(record.newest().id());
        record.lost(parts.clock().instant());
      }
    }
    try {
      parts.volumes().remove(state.uid());
    } catch (IOException failure) {
      LOG.warn("volumes of pod {} are left: {}", state.uid(), failure.toString());
    }
  }

  private void removeSandbox(String id, int attempt) {
    parts.runtime().removeSandbox(id);
    for (var record : state.records().values()) {
      if (record.isIn(id)) {
        record.lost(parts.clock().instant());
      }
    }
    state.sandbox(new SandboxState.Absent(attempt + 1));
  }

  /** Ends the network of a pod that is done; containers stay for their output. */
  void release() {
    if (state.sandbox() instanceof SandboxState.Ready ready) {
      parts.runtime().stopSandbox(ready.sandbox().id());
      state.sandbox(new SandboxState.Dead(ready.sandbox().id(), ready.sandbox().attempt()));
    }
  }

  /** Tells the API server the last of it and has it forget the pod. */
  void forget() throws InterruptedException {
    report.settle(LAST_STATUS);
    try {
      var options = DeleteOptions.ofUid(state.uid()).withGrace(0);
      parts.client().delete(Resources.PODS, Json.key(state.tree()), options);
    } catch (ApiException failure) {
      boolean gone =
          failure.reason() == StatusReason.NOT_FOUND || failure.reason() == StatusReason.CONFLICT;
      if (!gone) {
        throw failure;
      }
    }
  }
}
