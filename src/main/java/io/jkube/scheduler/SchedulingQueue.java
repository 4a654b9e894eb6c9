package io.jkube.scheduler;

import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The pods that wait for a node: <em>active</em> (to be tried), in <em>backoff</em> (to be tried
 * after a while), <em>unschedulable</em> (to be tried when something changed that may help) and
 * <em>gated</em>. Whoever takes a pod has it <em>in flight</em> until {@link #done}, {@link
 * #unschedulable} or {@link #failed}; meanwhile it is in no other part.
 *
 * <p>Thread-safe: every method holds this object's lock for a moment; only {@link #take} waits.
 */
final class SchedulingQueue {
  static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  /** After which an unschedulable pod is tried again, whatever happened. */
  static final Duration LONGEST_UNSCHEDULABLE = Duration.ofMinutes(5);

  /** How long {@link #take} waits before it looks at the clock again. */
  private static final long LONGEST_WAIT_MILLIS = 1000;

  /** A pod that was taken, and what happened since. */
  private static final class Flight {
    private QueuedPod taken;
    private boolean changed;
    private final long startedAt;

    Flight(QueuedPod taken, long startedAt) {
      this.taken = taken;
      this.startedAt = startedAt;
    }
  }

  private final PluginList plugins;
  private final InstantSource clock;
  private final TreeSet<QueuedPod> active;
  private final TreeSet<QueuedPod> backoff =
      new TreeSet<>(
          Comparator.comparing(SchedulingQueue::backoffEnd).thenComparing(QueuedPod::uid));
  private final Map<String, QueuedPod> unschedulable = new LinkedHashMap<>();
  private final Map<String, QueuedPod> gated = new LinkedHashMap<>();
  private final Map<String, QueuedPod> places = new HashMap<>();
  private final Map<String, Flight> inFlight = new HashMap<>();

  /** When, counted in events, each event came last: what a pod in flight has missed. */
  private final Map<ClusterEvent, Long> lastSeen = new EnumMap<>(ClusterEvent.class);

  private long events;

  SchedulingQueue(PluginList plugins, InstantSource clock) {
    this.plugins = plugins;
    this.clock = clock;
    this.active =
        new TreeSet<>(
            ((Comparator<QueuedPod>)
                    (a, b) -> plugins.queueSort().compare(a.pod(), a.since(), b.pod(), b.since()))
                .thenComparing(QueuedPod::uid));
  }

  /** A pod without a node was seen, for the first time or in another state. */
  synchronized void put(PodInfo pod) {
    var flight = inFlight.get(pod.uid());
    if (flight != null) {
      flight.changed |= !pod.wantsTheSameAs(flight.taken.pod());
      flight.taken = flight.taken.with(pod);
      return;
    }
    var before = places.get(pod.uid());
    if (before == null) {
      enqueue(QueuedPod.fresh(pod, clock.instant()));
    } else {
      replace(before, before.with(pod));
    }
  }

  /** The pod is gone, or needs no node any more. */
  synchronized void remove(String uid) {
    inFlight.remove(uid);
    takeOut(uid);
  }

  /** The next pod to try; waits for it. */
  synchronized QueuedPod take() throws InterruptedException {
    for (var next = poll(); ; next = poll()) {
      if (next.isPresent()) {
        return next.get();
      }
      wait(LONGEST_WAIT_MILLIS);
    }
  }

  /** The next pod to try, if one is due now. */
  synchronized Optional<QueuedPod> poll() {
    var now = clock.instant();
    while (!backoff.isEmpty() && !backoffEnd(backoff.getFirst()).isAfter(now)) {
      activate(takeOut(backoff.getFirst().uid()));
    }
    for (var pod : List.copyOf(unschedulable.values())) {
      if (!pod.failedAt().plus(LONGEST_UNSCHEDULABLE).isAfter(now)) {
        activate(takeOut(pod.uid()));
      }
    }
    if (active.isEmpty()) {
      return Optional.empty();
    }
    var next = takeOut(active.getFirst().uid());
    inFlight.put(next.uid(), new Flight(next, events));
    return Optional.of(next);
  }

  /** The pod in flight has its node. */
  synchronized void done(QueuedPod pod) {
    inFlight.remove(pod.uid());
  }

  /**
   * The pod in flight fits nowhere: it waits for an event that may help, which may have come
   * already while it was in flight.
   */
  synchronized void unschedulable(QueuedPod pod, Set<String> rejectedBy) {
    var flight = inFlight.remove(pod.uid());
    if (flight == null) {
      return;
    }
    var failed = flight.taken.failed(clock.instant(), rejectedBy);
    if (flight.changed || missed(failed, flight.startedAt)) {
      delay(failed);
    } else {
      unschedulable.put(failed.uid(), failed);
      places.put(failed.uid(), failed);
    }
  }

  /** Something else went wrong with the pod in flight: it is tried again after its backoff. */
  synchronized void failed(QueuedPod pod) {
    var flight = inFlight.remove(pod.uid());
    if (flight != null) {
      delay(flight.taken.failed(clock.instant(), Set.of()));
    }
  }

  /** Gives those pods another try that this event may help. */
  synchronized void moveOn(Set<ClusterEvent> happened) {
    events++;
    happened.forEach(event -> lastSeen.put(event, events));
    for (var pod : List.copyOf(unschedulable.values())) {
      if (helps(pod, happened)) {
        delay(takeOut(pod.uid()));
      }
    }
  }

  /** How many pods are in each part, as upstream's metrics name the parts. */
  synchronized Map<String, Integer> sizes() {
    return Map.of(
        "active", active.size(),
        "backoff", backoff.size(),
        "unschedulable", unschedulable.size(),
        "gated", gated.size());
  }

  private void replace(QueuedPod before, QueuedPod after) {
    boolean waitsForEvent = unschedulable.containsKey(before.uid());
    if (waitsForEvent && before.pod().wantsTheSameAs(after.pod())) {
      unschedulable.put(after.uid(), after);
      places.put(after.uid(), after);
      return;
    }
    boolean delayed = backoff.contains(before);
    takeOut(before.uid());
    if (waitsForEvent || delayed) {
      delay(after);
    } else {
      enqueue(after);
    }
  }

  private void enqueue(QueuedPod pod) {
    if (plugins.preEnqueue().stream().allMatch(plugin -> plugin.mayEnqueue(pod.pod()))) {
      activate(pod);
    } else {
      gated.put(pod.uid(), pod);
      places.put(pod.uid(), pod);
    }
  }

  private void activate(QueuedPod pod) {
    active.add(pod);
    places.put(pod.uid(), pod);
    notifyAll();
  }

  private void delay(QueuedPod pod) {
    if (!backoffEnd(pod).isAfter(clock.instant())) {
      activate(pod);
    } else {
      backoff.add(pod);
      places.put(pod.uid(), pod);
    }
  }

  private QueuedPod takeOut(String uid) {
    var pod = places.remove(uid);
    if (pod != null) {
      active.remove(pod);
      backoff.remove(pod);
      unschedulable.remove(uid);
      gated.remove(uid);
    }
    return pod;
  }

  private boolean missed(QueuedPod pod, long startedAt) {
    var since = new HashSet<ClusterEvent>();
    lastSeen.forEach(
        (event, at) -> {
          if (at > startedAt) {
            since.add(event);
          }
        });
    return !since.isEmpty() && helps(pod, since);
  }

  private boolean helps(QueuedPod pod, Set<ClusterEvent> happened) {
    return pod.rejectedBy().isEmpty()
        || plugins.retryOn(pod.rejectedBy()).stream().anyMatch(happened::contains);
  }

  /** One second after the first failure, twice as long after each further one, at most ten. */
  private static Instant backoffEnd(QueuedPod pod) {
    var delay = FIRST_BACKOFF;
    for (int i = 1; i < pod.attempts() && delay.compareTo(LONGEST_BACKOFF) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return pod.attempts() == 0
        ? pod.failedAt()
        : pod.failedAt().plus(delay.compareTo(LONGEST_BACKOFF) < 0 ? delay : LONGEST_BACKOFF);
  }
}
