package io.jkube.trace;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One step of a pod's way.
 *
 * @param component who did it: {@code apiserver}, {@code store}, {@code scheduler}, {@code
 *     kubelet/<node>}, ...
 * @param step a short stable word: accepted, stored, queued, filtered, bound, seen, imagePulled,
 *     sandboxStarted, containerCreated, containerStarted, running, watched, ...
 * @param revision the resourceVersion this step made or saw; 0 where there is none
 * @param detail further facts in a stable order: user, node, reason, container, image, ...
 */
public record Hop(
    Instant time, String component, String step, long revision, Map<String, String> detail) {
  public Hop {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(component, "component");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(detail, "detail");
  }
}
