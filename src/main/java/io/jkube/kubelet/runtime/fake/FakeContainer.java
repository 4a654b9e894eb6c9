package io.jkube.kubelet.runtime.fake;

import io.jkube.kubelet.runtime.ContainerRuntime.Container;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.LogLine;
import io.jkube.kubelet.runtime.ContainerRuntime.Resources;
import io.jkube.kubelet.runtime.ContainerRuntime.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One container's memory. Guarded by itself; waiters for output or its end wait on it. */
final class FakeContainer {
  final String id;
  final String sandboxId;
  final ContainerSpec spec;
  final String imageId;
  private final Instant createdAt;
  private final List<LogLine> output = new ArrayList<>();
  private State state = State.CREATED;
  private Instant startedAt;
  private Instant finishedAt;
  private int exitCode;
  private boolean oomKilled;
  private boolean removed;
  private Resources resources;
  private long cpuNanos;
  private long memoryBytes;

  FakeContainer(String id, String sandboxId, ContainerSpec spec, String imageId, Instant now) {
    this.id = id;
    this.sandboxId = sandboxId;
    this.spec = spec;
    this.imageId = imageId;
    this.createdAt = now;
    this.resources = spec.resources();
  }

  synchronized void use(long ofCpuNanos, long ofMemoryBytes) {
    cpuNanos = ofCpuNanos;
    memoryBytes = ofMemoryBytes;
  }

  synchronized Usage usage(Instant now) {
    return new Usage(now, cpuNanos, memoryBytes, 1);
  }

  synchronized Resources resources() {
    return resources;
  }

  synchronized void resize(Resources next) {
    resources = next;
  }

  synchronized boolean running() {
    return state == State.RUNNING;
  }

  synchronized void start(Instant now) {
    state = State.RUNNING;
    startedAt = now;
  }

  /** Ends a running container; false when it was not running. */
  synchronized boolean end(int code, boolean byOutOfMemory, Instant now) {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.EXITED;
    exitCode = code;
    oomKilled = byOutOfMemory;
    finishedAt = now;
    notifyAll();
    return true;
  }

  synchronized void markRemoved() {
    removed = true;
    notifyAll();
  }

  synchronized void print(String line, Instant now) {
    output.add(new LogLine("stdout", now, (line + "\n").getBytes(StandardCharsets.UTF_8)));
    notifyAll();
  }

  /** The line at {@code index}; waits for it while it is wanted and the container may print. */
  synchronized LogLine line(int index, BooleanSupplier wanted) throws InterruptedException {
    while (index >= output.size() && wanted.getAsBoolean() && state != State.EXITED && !removed) {
      wait();
    }
    return index < output.size() ? output.get(index) : null;
  }

  synchronized void wakeReaders() {
    notifyAll();
  }

  synchronized int lines() {
    return output.size();
  }

  synchronized ContainerSummary summary() {
    return new ContainerSummary(
        id,
        sandboxId,
        spec.pod(),
        spec.name(),
        spec.attempt(),
        state,
        spec.image(),
        imageId,
        createdAt,
        spec.labels());
  }

  synchronized Container snapshot() {
    return new Container(
        id,
        spec.pod(),
        spec.name(),
        spec.attempt(),
        state,
        spec.image(),
        imageId,
        state == State.EXITED ? exitCode : null,
        oomKilled,
        "",
        createdAt,
        startedAt,
        finishedAt,
        spec.labels());
  }
}
