package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;

/**
 * A Deployment that recreates waits for the last of its old pods: it is called when one is gone.
 */
record LastPodsOfRecreation(Informer<ObjectNode> sets, ControllerRunner runner)
    implements ObjectHandler<ObjectNode> {
  @Override
  public void added(ObjectKey key, ObjectNode pod) {}

  @Override
  public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
    if (PodState.hasEnded(after) && !PodState.hasEnded(before)) {
      deleted(key, after);
    }
  }

  @Override
  public void deleted(ObjectKey key, ObjectNode pod) {
    ControllerRef.of(pod)
        .flatMap(ref -> sets.get(new ObjectKey(key.namespace(), ref.path("name").asText())))
        .flatMap(ControllerRef::of)
        .ifPresent(
            ref -> runner.enqueue(new ObjectKey(key.namespace(), ref.path("name").asText())));
  }
}
