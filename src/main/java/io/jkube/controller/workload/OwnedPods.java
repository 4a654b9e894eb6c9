package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings news of pods to the owner they belong to, and of an orphan to every owner that could adopt
 * it. What was expected of a pod is settled before its owner is called.
 *
 * @param kind of the owners
 * @param owners the copy of them
 * @param pods the copy of all pods
 * @param selector reads an owner's
 */
record OwnedPods(
    GroupVersionKind kind,
    Informer<ObjectNode> owners,
    Informer<ObjectNode> pods,
    Function<ObjectNode, LabelSelector> selector,
    Expectations expectations,
    ControllerRunner runner)
    implements ObjectHandler<ObjectNode> {
  /**
   * An owner looks at all of its pods when it is called. One with many is called less often, so
   * that thousands of pods that start or end do not cost the square of their number.
   */
  private static final int PODS_PER_MILLISECOND_OF_PATIENCE = 50;

  private static final int MOST_PATIENCE_MILLIS = 100;

  @Override
  public void added(ObjectKey key, ObjectNode pod) {
    if (PodState.isDeleting(pod)) {
      deleted(key, pod);
      return;
    }
    owner(pod).ifPresent(expectations::creationSettled);
    wake(pod);
  }

  @Override
  public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
    if (PodState.isDeleting(after)) {
      settleDeletion(after);
    }
    var former = owner(before);
    if (!former.equals(owner(after))) {
      call(before);
    }
    wake(after);
  }

  @Override
  public void deleted(ObjectKey key, ObjectNode last) {
    settleDeletion(last);
    call(last);
  }

  private void settleDeletion(ObjectNode pod) {
    var uid = pod.path("metadata").path("uid").asText();
    owner(pod).ifPresent(owner -> expectations.deletionSettled(owner, uid));
  }

  private void wake(ObjectNode pod) {
    if (ControllerRef.of(pod).isPresent()) {
      call(pod);
      return;
    }
    for (var candidate : owners.list(pod.path("metadata").path("namespace").asText())) {
      if (selector.apply(candidate).selects(pod)) {
        runner.enqueue(io.jkube.api.Json.key(candidate));
      }
    }
  }

  private void call(ObjectNode pod) {
    owner(pod)
        .ifPresent(
            owner -> {
              int siblings = pods.count(SharedInformers.BY_CONTROLLER, ControllerRef.uidOf(pod));
              int patience = siblings / PODS_PER_MILLISECOND_OF_PATIENCE;
              runner.enqueueAfter(
                  owner, Duration.ofMillis(Math.min(patience, MOST_PATIENCE_MILLIS)));
            });
  }

  /** The owner that controls the pod, if it is of this kind. */
  private Optional<ObjectKey> owner(ObjectNode pod) {
    return ControllerRef.of(pod)
        .filter(
            ref ->
                ref.path("kind").asText().equals(kind.kind())
                    && ref.path("apiVersion").asText().equals(kind.apiVersion()))
        .map(
            ref ->
                new ObjectKey(
                    pod.path("metadata").path("namespace").asText(), ref.path("name").asText()));
  }
}
