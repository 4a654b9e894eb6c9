package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;

/**
 * Calls for the service of a slice that somebody removed or changed. What the controller itself
 * wrote calls, too, and finds nothing to do.
 *
 * @param manager whose slices count
 */
record SlicesTouched(String manager, ControllerRunner runner) implements ObjectHandler<ObjectNode> {
  @Override
  public void added(ObjectKey key, ObjectNode slice) {}

  @Override
  public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
    wake(key, before);
  }

  @Override
  public void deleted(ObjectKey key, ObjectNode last) {
    wake(key, last);
  }

  private void wake(ObjectKey key, ObjectNode slice) {
    var labels = slice.at("/metadata/labels");
    if (labels.path(ServiceLabels.SLICE_MANAGED_BY).asText().equals(manager)) {
      var name = labels.path(ServiceLabels.SERVICE_NAME).asText();
      runner.enqueue(new ObjectKey(key.namespace(), name));
    }
  }
}
