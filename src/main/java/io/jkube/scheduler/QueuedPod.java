package io.jkube.scheduler;

import io.jkube.scheduler.framework.PodInfo;
import java.time.Instant;
import java.util.Set;

/**
 * A pod on its way through the queue.
 *
 * @param since when it first came
 * @param attempts how often it was tried
 * @param failedAt when the last try failed; {@link #since} before
 * @param rejectedBy the plugins that rejected a node in the last try; empty: any event may help
 */
record QueuedPod(
    PodInfo pod, Instant since, int attempts, Instant failedAt, Set<String> rejectedBy) {
  QueuedPod {
    rejectedBy = Set.copyOf(rejectedBy);
  }

  static QueuedPod fresh(PodInfo pod, Instant now) {
    return new QueuedPod(pod, now, 0, now, Set.of());
  }

  String uid() {
    return pod.uid();
  }

  QueuedPod with(PodInfo newer) {
    return new QueuedPod(newer, since, attempts, failedAt, rejectedBy);
  }

  QueuedPod failed(Instant now, Set<String> plugins) {
    return new QueuedPod(pod, since, attempts + 1, now, plugins);
  }
}
