package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;

/** A controller looks at an object whenever that changes. */
final class ChangedOwners {
  private ChangedOwners() {}

  static ObjectHandler<ObjectNode> of(ControllerRunner runner) {
    return ObjectHandler.onEvery((key, any) -> runner.enqueue(key));
  }

  /** For a copy that a controller reads, and whose changes call for nothing. */
  static ObjectHandler<ObjectNode> ignored() {
    return ObjectHandler.onEvery((key, any) -> {});
  }
}
