package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.kubelet.container.Backoff;
import io.jkube.kubelet.container.ConfigFailure;
import io.jkube.kubelet.container.GoDuration;
import io.jkube.kubelet.container.PodNames;
import io.jkube.kubelet.image.PodImages;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.ContainerRuntime.SandboxSpec;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.volume.PodVolume;
import io.jkube.kubelet.volume.VolumeFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings one container to run: back-off, image, configuration, creation, start. What keeps it from
 * that becomes the reason why it waits. Confined to the worker.
 */
final class ContainerStarter {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final PodParts parts;
  private final PodState state;
  private final PodEvents events;
  private final PodImages images;
  private final EphemeralContainers ephemeral;
  private final Backoff crashes = new Backoff(Backoff.INITIAL, Backoff.LONGEST);
  private final Map<String, Instant> holds = new HashMap<>();

  /** Ids of containers that ended and are due, whatever the clock says. */
  private final Set<String> waited = new HashSet<>();

  ContainerStarter(PodParts parts, PodState state, PodEvents events, PodImages images) {
    this.parts = parts;
    this.state = state;
    this.events = events;
    this.images = images;
    this.ephemeral = new EphemeralContainers(parts.machine(), state);
  }

  /** A container that is made and may be started. */
  record Made(Container spec, String id) {}

  /** What ended or failed until now has waited long enough. */
  void forgetDelays() {
    images.forgetDelays();
    state.records().values().stream()
        .filter(ContainerRecord::hasExited)
        .forEach(record -> waited.add(record.newest().id()));
  }

  /** What a pod cannot have now it may have after a change. */
  void forgetHolds() {
    holds.clear();
  }

  void close() {
    images.cancel();
  }

  /**
   * Makes the container in a sandbox, which need not run yet.
   *
   * @return empty when it has to wait; its record says why, the state until when
   */
  Optional<Made> make(Container spec, SandboxSpec sandbox, String sandboxId) {
    var record = state.record(spec);
    if (record.isCreated() && record.isIn(sandboxId)) {
      return Optional.of(new Made(spec, record.newest().id()));
    }
    var hold = holds.get(spec.getName());
    if (hold != null && parts.clock().instant().isBefore(hold)) {
      state.wakeBy(hold);
      return Optional.empty();
    }
    if (isBackingOff(spec, record)) {
      return Optional.empty();
    }
    return switch (images.ensure(state.pod(), spec, about(spec))) {
      case PodImages.Answer.Present present -> {
        var step = present.pulled() ? "imagePulled" : "imagePresent";
        parts.note(state.uid(), step, 0, "image", spec.getImage());
        yield create(spec, record, present.image(), sandbox, sandboxId);
      }
      case PodImages.Answer.Underway underway -> Optional.empty();
      case PodImages.Answer.Failed failed -> {
        record.waitFor(failed.reason(), failed.message());
        state.wakeBy(failed.retryAt());
        yield Optional.empty();
      }
    };
  }

  /** Starts what was made; answers whether it runs. */
  boolean start(Made made) {
    var name = made.spec.getName();
    var record = state.record(made.spec);
    try {
      parts.volumes().writeHosts(state.pod(), state.facts().podAddress());
      parts.runtime().startContainer(made.id);
    } catch (RuntimeFailure | VolumeFailure failure) {
      about(made.spec).warning("Failed", "Error: " + failure.getMessage());
      observe(record, made.id);
      record.waitFor("RunContainerError", failure.getMessage());
      hold(name, RETRY);
      return false;
    }
    parts.note(state.uid(), "containerStarted", 0, "container", name);
    about(made.spec).normal("Started", "Container started");
    observe(record, made.id);
    return record.isRunning();
  }

  PodEvents about(Container spec) {
    return events.of(spec.getName(), state.listOf(spec.getName()));
  }

  private void observe(ContainerRecord record, String id) {
    var sandbox = state.sandbox().runningId();
    parts
        .runtime()
        .container(id)
        .ifPresent(seen -> record.observe(seen, sandbox == null ? "" : sandbox));
  }

  private boolean isBackingOff(Container spec, ContainerRecord record) {
    if (!record.hasExited() || waited.contains(record.newest().id())) {
      return false;
    }
    var ended = endOf(record.newest());
    var delay = crashes.delay(spec.getName(), ended);
    if (!parts.clock().instant().isBefore(ended.plus(delay))) {
      return false;
    }
    var pod = PodNames.full(state.pod());
    boolean known =
        record.waiting() != null && record.waiting().reason().equals("CrashLoopBackOff");
    if (!known) {
      about(spec)
          .warning(
              "BackOff",
              "Back-off restarting failed container " + spec.getName() + " in pod " + pod);
    }
    record.waitFor(
        "CrashLoopBackOff",
        "back-off %s restarting failed container=%s pod=%s"
            .formatted(GoDuration.of(delay), spec.getName(), pod));
    state.wakeBy(ended.plus(delay));
    return true;
  }

  private Optional<Made> create(
      Container spec, ContainerRecord record, Image image, SandboxSpec sandbox, String sandboxId) {
    try {
      var wanted = spec(spec, record.nextAttempt(), image);
      var id = parts.runtime().createContainer(sandbox, sandboxId, wanted);
      if (record.hasExited()) {
        var now = parts.clock().instant();
        crashes.next(spec.getName(), endOf(record.newest()), now);
        forgetOldest(record);
      }
      record.clearWaiting();
      parts.note(
          state.uid(),
          "containerCreated",
          0,
          "container",
          spec.getName(),
          "image",
          spec.getImage());
      about(spec).normal("Created", "Container created");
      return Optional.of(new Made(spec, id));
    } catch (ConfigFailure | VolumeFailure failure) {
      wait(spec, record, ConfigFailure.REASON, failure.getMessage());
    } catch (RuntimeFailure failure) {
      parts.images().forget();
      wait(spec, record, "CreateContainerError", failure.getMessage());
      if (failure.kind() == RuntimeFailure.Kind.INTERRUPTED) {
        throw failure;
      }
    }
    return Optional.empty();
  }

  private ContainerRuntime.ContainerSpec spec(Container spec, int attempt, Image image) {
    var facts = state.facts();
    var volumes = parts.volumes().setUp(facts);
    var variables = parts.containers().environment(facts, spec, name -> path(volumes, name));
    var mounts = parts.volumes().mounts(state.pod(), spec, attempt, volumes, variables);
    var devices = parts.volumes().devices(spec, volumes);
    return parts
        .containers()
        .of(facts, state.asAllocated(spec), attempt, image, variables, mounts, devices)
        .seeing(ephemeral.target(spec));
  }

  private static Path path(Map<String, PodVolume> volumes, String name) {
    var volume = volumes.get(name);
    if (volume == null) {
      throw new ConfigFailure("volume \"" + name + "\" has no files on this machine");
    }
    return volume.path();
  }

  private void wait(Container spec, ContainerRecord record, String reason, String message) {
    about(spec).warning("Failed", "Error: " + message);
    record.waitFor(reason, message);
    hold(spec.getName(), RETRY);
  }

  private void hold(String container, Duration time) {
    var until = parts.clock().instant().plus(time);
    holds.put(container, until);
    state.wakeBy(until);
  }

  /** Of a container's dead instances the newest is kept, for its output. */
  private void forgetOldest(ContainerRecord record) {
    var oldest = record.previous();
    if (oldest != null) {
      Thread.ofVirtual()
          .name("remove " + record.name())
          .start(() -> parts.runtime().removeContainer(oldest.id()));
    }
  }

  private static Instant endOf(ContainerRuntime.Container ended) {
    return ended.finishedAt() == null ? ended.createdAt() : ended.finishedAt();
  }
}
