package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;

/** Calls for every service whose selector finds a pod that changed, or found it before. */
record SelectingServices(Informer<ObjectNode> services, ControllerRunner runner)
    implements ObjectHandler<ObjectNode> {
  @Override
  public void added(ObjectKey key, ObjectNode pod) {
    wake(pod);
  }

  @Override
  public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
    if (BackendPod.differ(before, after)) {
      wake(before);
      wake(after);
    }
  }

  @Override
  public void deleted(ObjectKey key, ObjectNode last) {
    wake(last);
  }

  private void wake(ObjectNode pod) {
    for (var service : services.list(pod.at("/metadata/namespace").asText())) {
      if (ServiceLabels.hasSelector(service) && selects(service, pod)) {
        runner.enqueue(Json.key(service));
      }
    }
  }

  static boolean selects(ObjectNode service, ObjectNode pod) {
    var labels = pod.at("/metadata/labels");
    for (var wanted : service.at("/spec/selector").properties()) {
      if (!wanted.getValue().equals(labels.path(wanted.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
