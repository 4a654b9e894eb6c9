package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.kubelet.container.ConfigFailure;
import io.jkube.kubelet.container.Environment;
import io.jkube.kubelet.probe.Checks;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import io.jkube.kubelet.runtime.ContainerRuntime.SandboxSpec;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.volume.VolumeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Brings the sandbox and the containers that are due to run. The first containers are made while
 * the sandbox starts, the slowest call of the way, unless one asks for the pod's address.
 */
final class PodStart {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final PodParts parts;
  private final PodState state;
  private final PodEvents events;
  private final ContainerStarter starter;
  private final PodObserver observer;
  private final Hooks hooks;
  private final Consumer<Signal> inbox;
  private final Map<String, ContainerStarter.Made> made = new LinkedHashMap<>();
  private Instant hold = Instant.MIN;

  PodStart(
      PodParts parts,
      PodState state,
      PodEvents events,
      ContainerStarter starter,
      PodObserver observer,
      Hooks hooks,
      Consumer<Signal> inbox) {
    this.parts = parts;
    this.state = state;
    this.events = events;
    this.starter = starter;
    this.observer = observer;
    this.hooks = hooks;
    this.inbox = inbox;
  }

  /** What a pod cannot have now it may have after a change. */
  void forgetHolds() {
    hold = Instant.MIN;
    starter.forgetHolds();
  }

  /** Makes the next step towards all of these running. */
  void advance(List<Container> due) {
    made.clear();
    if (state.sandbox() instanceof SandboxState.Dead dead) {
      replace(dead);
    }
    if (state.sandbox() instanceof SandboxState.Absent absent) {
      if (due.isEmpty() || isHeld() || !sandbox(absent.nextAttempt(), due)) {
        return;
      }
    }
    if (state.sandbox() instanceof SandboxState.Ready ready) {
      var spec = parts.sandboxes().of(state.pod(), ready.sandbox().attempt());
      due.forEach(container -> run(container, spec, ready.sandbox().id()));
    }
  }

  private boolean isHeld() {
    if (parts.clock().instant().isBefore(hold)) {
      state.wakeBy(hold);
      return true;
    }
    return false;
  }

  private void run(Container container, SandboxSpec sandbox, String sandboxId) {
    var ready =
        Optional.ofNullable(made.get(container.getName()))
            .or(() -> starter.make(container, sandbox, sandboxId));
    if (ready.isEmpty()) {
      return;
    }
    if (!starter.start(ready.get())) {
      observer.ended(container, state.record(container));
      return;
    }
    observer.running(container, state.record(container));
    if (Hooks.hasPostStart(container)) {
      postStart(container, ready.get().id());
    }
    if (state.isInit(container.getName())) {
      // A sidecar that runs lets the next one start.
      state.wakeBy(parts.clock().instant());
    }
  }

  private void postStart(Container container, String id) {
    var address = state.facts().podAddress();
    Thread.ofVirtual()
        .name("postStart " + container.getName())
        .start(
            () -> {
              try {
                Checks.Answer answer = hooks.postStart(container, id, address);
                if (!answer.success()) {
                  inbox.accept(new Signal.HookFailed(id, answer.message()));
                }
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** The sandbox died or went: what lives in it has lost its network and goes with it. */
  private void replace(SandboxState.Dead dead) {
    events.normal("SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
    parts.runtime().removeSandbox(dead.id());
    for (var record : state.records().values()) {
      if (record.isIn(dead.id())) {
        record.lost(parts.clock().instant());
      }
    }
    state.sandbox(new SandboxState.Absent(dead.attempt() + 1));
  }

  private boolean sandbox(int attempt, List<Container> due) {
    try {
      parts.volumes().setUp(state.facts());
    } catch (VolumeFailure failure) {
      events.warning("FailedMount", failure.getMessage());
      return holdBack();
    }
    String id = null;
    try {
      var spec = parts.sandboxes().of(state.pod(), attempt);
      id = parts.runtime().createSandbox(spec);
      parts.note(state.uid(), "sandboxCreated", 0);
      var started = start(spec, id, due);
      state.sandbox(new SandboxState.Ready(started));
      parts.note(state.uid(), "sandboxStarted", 0, "address", String.valueOf(started.address()));
      return true;
    } catch (ConfigFailure failure) {
      events.warning("FailedCreatePodSandBox", failure.getMessage());
      return holdBack();
    } catch (RuntimeFailure failure) {
      return failed(id, failure);
    }
  }

  private Sandbox start(SandboxSpec spec, String id, List<Container> due) {
    var starting = new CompletableFuture<Sandbox>();
    Thread.ofVirtual()
        .name("sandbox " + spec.pod().name())
        .start(
            () -> {
              try {
                starting.complete(parts.runtime().startSandbox(id));
              } catch (RuntimeException failure) {
                starting.completeExceptionally(failure);
              }
            });
    if (due.stream().noneMatch(Environment::needsAddress)) {
      for (var container : due) {
        starter.make(container, spec, id).ifPresent(m -> made.put(container.getName(), m));
      }
    }
    return join(starting);
  }

  private static Sandbox join(CompletableFuture<Sandbox> starting) {
    try {
      return starting.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeFailure failure
          ? failure
          : new RuntimeFailure(
              RuntimeFailure.Kind.REFUSED, String.valueOf(failed.getCause()), failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure(
          RuntimeFailure.Kind.INTERRUPTED, "interrupted while the sandbox starts", stop);
    }
  }

  private boolean failed(String id, RuntimeFailure failure) {
    if (failure.kind() == RuntimeFailure.Kind.INTERRUPTED) {
      throw failure;
    }
    events.warning(
        "FailedCreatePodSandBox", "Failed to create pod sandbox: " + failure.getMessage());
    made.clear();
    if (id != null) {
      parts.runtime().removeSandbox(id);
    } else if (failure.kind() == RuntimeFailure.Kind.CONFLICT) {
      observer.lookAgain();
    }
    return holdBack();
  }

  private boolean holdBack() {
    hold = parts.clock().instant().plus(RETRY);
    state.wakeBy(hold);
    return false;
  }
}
