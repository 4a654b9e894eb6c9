package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.kubelet.image.PodImages;
import io.jkube.kubelet.pressure.NodePressure;
import io.jkube.kubelet.probe.ProbeKind;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.volume.VolumeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pod's life, signal by signal and step by step. Confined to its worker. */
final class PodLife {
  private static final Logger LOG = LoggerFactory.getLogger(PodLife.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** Upstream's reason. */
  private static final String SYSCTL_FORBIDDEN = "SysctlForbidden";

  /** Clocks are set right by less than that all the time. */
  private static final Duration CLOCK_JITTER = Duration.ofSeconds(1);

  private final PodParts parts;
  private final PodOrigin origin;
  private final PodState state;
  private final PodEvents events;
  private final PodObserver observer;
  private final ContainerStarter starter;
  private final ContainerStops stops;
  private final PodProbes probes;
  private final PodReport report;
  private final PodStart start;
  private final PodEnd end;
  private final Resize resize;
  private final StorageWatch storage;
  private final EphemeralContainers ephemeral;
  private Instant lastStep;
  private boolean admitted;
  private boolean evicted;
  private boolean lookAgain;
  private boolean gone;
  private boolean done;
  private boolean over;

  PodLife(PodParts parts, PodOrigin origin, ObjectNode pod, Consumer<Signal> inbox) {
    this.parts = parts;
    this.origin = origin;
    this.state = new PodState(parts, pod);
    this.events = new PodEvents(parts.recorder(), pod);
    var hooks = new Hooks(parts.checks());
    this.probes = new PodProbes(parts.checks(), inbox);
    this.observer = new PodObserver(parts, state, probes, events);
    var images =
        new PodImages(parts.images(), parts.clock(), () -> inbox.accept(new Signal.Wake()));
    this.starter = new ContainerStarter(parts, state, events, images);
    this.stops = new ContainerStops(parts.runtime(), hooks, inbox);
    this.report = new PodReport(parts, origin, state);
    this.start = new PodStart(parts, state, events, starter, observer, hooks, inbox);
    this.end = new PodEnd(parts, state, events, stops, report);
    this.resize = new Resize(parts, state, events, end);
    this.storage = new StorageWatch(parts, state);
    this.ephemeral = new EphemeralContainers(parts.machine(), state);
    parts.note(state.uid(), "seen", state.revision());
  }

  /** Whether there is nothing left to do, ever. */
  boolean isOver() {
    return over;
  }

  void close() {
    probes.endAll();
    starter.close();
    report.close();
    resize.close();
  }

  /** How long until something is due, at most {@code longest}; null: only a signal brings work. */
  Duration untilDue(Duration longest) {
    if (state.wakeAt() == null) {
      return null;
    }
    var left = Duration.between(parts.clock().instant(), state.wakeAt());
    return left.isNegative() ? Duration.ZERO : left.compareTo(longest) < 0 ? left : longest;
  }

  void retryIn(Duration time) {
    state.wakeBy(parts.clock().instant().plus(time));
  }

  /** What the engine has is not known for certain: it is listed before the next step. */
  void lookAgainIn(Duration time) {
    lookAgain = true;
    retryIn(time);
  }

  void accept(Signal signal) {
    switch (signal) {
      case Signal.Changed changed -> change(changed.pod());
      case Signal.Mirrored mirrored -> report.tell(mirrored.mirror());
      case Signal.Gone nowhere -> gone = true;
      case Signal.Engine engine -> engine(engine);
      case Signal.Listed listed -> {
        observer.listed(listed.sandboxes(), listed.containers());
        refreshVolumes();
      }
      case Signal.SourceChanged changed -> {
        refreshVolumes();
        start.forgetHolds();
      }
      case Signal.Wake wake -> {}
      case Signal.Probed probed -> probed(probed);
      case Signal.HookFailed failed -> hookFailed(failed);
      case Signal.Evicted evicted -> evict(evicted.message());
    }
  }

  /**
   * Tokens are renewed; changed ConfigMaps and Secrets, labels and annotations come to the
   * containers that mount them. Before there is a sandbox, no volume is set up.
   */
  private void refreshVolumes() {
    if (state.sandbox().runningId() == null || state.isBeingDeleted() || done) {
      return;
    }
    try {
      parts.volumes().setUp(state.facts());
    } catch (VolumeFailure | ApiException failure) {
      LOG.debug("volumes of pod {} stay as they are: {}", state.uid(), failure.getMessage());
    }
  }

  private void change(ObjectNode pod) {
    boolean otherSpec = !pod.path("spec").equals(state.tree().path("spec"));
    boolean otherFiles = otherLabels(pod, "labels") || otherLabels(pod, "annotations");
    state.change(pod);
    if (origin == PodOrigin.API) {
      report.observe(pod);
    }
    if (otherFiles) {
      refreshVolumes();
    }
    if (otherSpec || otherFiles) {
      start.forgetHolds();
    }
    if (otherSpec) {
      tellUnsupportedChange();
    }
  }

  private boolean otherLabels(ObjectNode pod, String field) {
    return !pod.path("metadata").path(field).equals(state.tree().path("metadata").path(field));
  }

  /** A pod that runs already goes on as it is. */
  private void tellUnsupportedChange() {
    if (!state.isNew()) {
      UnsupportedFields.of(state.tree(), parts.machine())
          .ifPresent(
              fields ->
                  events.warning(
                      "UnsupportedFields",
                      "The change is not carried out: jkube does not support " + fields + " yet"));
    }
  }

  private void engine(Signal.Engine engine) {
    if (engine.type() == ContainerEvent.Type.STARTED) {
      return;
    }
    observer.changed(engine.id());
    stops.ended(engine.id());
    if (state.byId(engine.id()).filter(ContainerRecord::isRunning).isPresent()) {
      retryIn(RETRY);
    }
  }

  private void probed(Signal.Probed probed) {
    var found = state.byId(probed.containerId()).filter(ContainerRecord::isRunning);
    if (found.isEmpty()) {
      return;
    }
    var record = found.get();
    var spec = state.container(record.name());
    if (probed.kind() == ProbeKind.READINESS) {
      record.markReady(probed.success());
    } else if (!probed.success()) {
      restart(record, probed.kind());
    } else if (probed.kind() == ProbeKind.STARTUP) {
      record.markStarted(true);
      record.markReady(spec.getReadinessProbe() == null);
      var about = starter.about(spec);
      probes.beginOngoing(spec, probed.containerId(), state.facts().podAddress(), about);
    }
  }

  private void restart(ContainerRecord record, ProbeKind kind) {
    var spec = state.container(record.name());
    var probe = kind == ProbeKind.STARTUP ? spec.getStartupProbe() : spec.getLivenessProbe();
    var own = probe.getTerminationGracePeriodSeconds();
    var grace = own == null ? state.gracePeriod() : Duration.ofSeconds(own);
    var what = kind == ProbeKind.STARTUP ? "startup" : "liveness";
    end.stop(
        spec,
        grace,
        "Container " + spec.getName() + " failed " + what + " probe, will be restarted");
  }

  private void hookFailed(Signal.HookFailed failed) {
    state
        .byId(failed.containerId())
        .filter(ContainerRecord::isRunning)
        .ifPresent(
            record -> {
              var spec = state.container(record.name());
              starter.about(spec).warning("FailedPostStartHook", "PostStartHook failed");
              end.stop(spec, state.gracePeriod(), "FailedPostStartHook");
            });
  }

  /** What waits until a time would wait as long as the clock was set back: it waits no more. */
  private void watchClock() {
    var now = parts.clock().instant();
    if (lastStep != null && now.isBefore(lastStep.minus(CLOCK_JITTER))) {
      LOG.info("the clock was set back: pod {} waits for nothing", state.uid());
      start.forgetHolds();
      starter.forgetDelays();
    }
    lastStep = now;
  }

  /** The next step, and what is true after it. */
  void step() throws InterruptedException {
    watchClock();
    state.forgetWake();
    if (lookAgain) {
      observer.lookAgain();
      lookAgain = false;
    }
    if (gone) {
      end.remove();
      over = true;
    } else if (state.isBeingDeleted()) {
      delete();
    } else if (!done) {
      advance();
    }
  }

  private void delete() throws InterruptedException {
    starter.close();
    probes.endAll();
    boolean stopped = end.stopAll(state.gracePeriod());
    report.send(stopped);
    if (stopped) {
      end.remove();
      if (origin == PodOrigin.API) {
        end.forget();
      }
      over = true;
    }
  }

  private void advance() {
    if (state.isReportedDone()) {
      finish();
      return;
    }
    var refusal = state.isNew() ? refusal() : Optional.<Refusal>empty();
    admitted = true;
    if (refusal.isPresent()) {
      refuse(refusal.get());
    } else if (isLate() || isEvicted()) {
      finish();
    } else {
      resize.advance();
      restartChanged();
      follow(PodPlan.of(state.pod(), state.records(), state.sandbox().runningId()));
    }
  }

  /** The image of a container may change while it runs: it starts anew with the other one. */
  private void restartChanged() {
    state
        .allContainers()
        .filter(spec -> state.record(spec).isRunning())
        .filter(spec -> !spec.getImage().equals(state.record(spec).newest().image()))
        .forEach(
            spec ->
                end.stop(
                    spec,
                    state.gracePeriod(),
                    "Container " + spec.getName() + " definition changed, will be restarted"));
  }

  private void follow(PodPlan plan) {
    switch (plan) {
      case PodPlan.Finished finished -> finish();
      case PodPlan.Run run -> {
        if (state.sandbox().runningId() == null && !run.start().isEmpty()) {
          // So that a watcher sees the kubelet at work while the engine takes its time.
          report.send(false);
        }
        start.advance(Stream.concat(ephemeral.due().stream(), run.start().stream()).toList());
        report.send(false);
      }
    }
  }

  /** Why the node does not take a pod. */
  private record Refusal(String reason, String message) {}

  private Optional<Refusal> refusal() {
    return pressureRefusal()
        .map(why -> new Refusal(PodReport.EVICTED, why))
        .or(
            () ->
                UnsupportedFields.of(state.tree(), parts.machine())
                    .map(what -> "jkube does not support " + what + " yet")
                    .map(why -> new Refusal("UnsupportedFields", why)))
        .or(
            () ->
                parts
                    .sysctls()
                    .refusal(state.pod())
                    .map(why -> new Refusal(SYSCTL_FORBIDDEN, why)));
  }

  private Optional<String> pressureRefusal() {
    return admitted || isCritical() ? Optional.empty() : parts.pressure().refusal(state.pod());
  }

  /** A node's own pods are never ended for its sake: nobody would start them anew elsewhere. */
  private boolean isCritical() {
    return origin == PodOrigin.FILE || NodePressure.isCritical(state.pod());
  }

  private void refuse(Refusal refusal) {
    var message = "Pod was rejected: " + refusal.message;
    events.warning(refusal.reason, message);
    report.refuse(refusal.reason, message);
    report.send(true);
    done = true;
  }

  /** Whether the pod's active deadline is over. */
  private boolean isLate() {
    var seconds = state.pod().getSpec().getActiveDeadlineSeconds();
    if (seconds == null) {
      return false;
    }
    var deadline = state.startTime().plusSeconds(seconds);
    if (parts.clock().instant().isBefore(deadline)) {
      state.wakeBy(deadline);
      return false;
    }
    report.fail(
        "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
    return true;
  }

  private boolean isEvicted() {
    if (!evicted && !isCritical()) {
      storage.excess().ifPresent(this::evict);
    }
    return evicted;
  }

  private void evict(String why) {
    if (!evicted && !done && !state.isReportedDone()) {
      evicted = true;
      events.warning(PodReport.EVICTED, why);
      report.fail(PodReport.EVICTED, why);
    }
  }

  /**
   * As upstream, who is evicted has no time left and leaves nothing on the disk. It is told to be
   * gone when its space is free, so that nobody else has to go meanwhile; of others the output
   * stays.
   */
  private void finish() {
    starter.close();
    boolean stopped = end.stopAll(evicted ? Duration.ZERO : state.gracePeriod());
    if (stopped) {
      probes.endAll();
      if (evicted || state.isReportedEvicted()) {
        end.remove();
      } else {
        report.send(true);
        end.release();
      }
      done = true;
    }
    report.send(stopped);
  }
}
