package io.jkube.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.client.informer.ObjectHandler;
import java.util.HashMap;

/** Brings the labels of namespaces into the state: rules about other pods may select by them. */
record NamespaceNews(ClusterState state) implements ObjectHandler<ObjectNode> {
  @Override
  public void added(ObjectKey key, ObjectNode namespace) {
    var labels = new HashMap<String, String>();
    for (var label : namespace.path("metadata").path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    state.setNamespace(key.name(), labels);
  }

  @Override
  public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
    added(key, after);
  }

  @Override
  public void deleted(ObjectKey key, ObjectNode last) {
    state.removeNamespace(key.name());
  }
}
