package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.LabelSelector;
import java.util.HashMap;

/** The two kinds that keep a number of like pods: the same in everything but their selectors. */
enum ReplicaKind {
  REPLICA_SET(
      "replicaset-controller",
      new GroupVersionResource("apps", "v1", "replicasets"),
      new GroupVersionKind("apps", "v1", "ReplicaSet")) {
    @Override
    LabelSelector selector(ObjectNode set) {
      return LabelSelector.of(set.path("spec").get("selector"));
    }
  },
  REPLICATION_CONTROLLER(
      "replication-controller",
      new GroupVersionResource("", "v1", "replicationcontrollers"),
      new GroupVersionKind("", "v1", "ReplicationController")) {
    @Override
    LabelSelector selector(ObjectNode set) {
      var labels = new HashMap<String, String>();
      for (var label : set.path("spec").path("selector").properties()) {
        labels.put(label.getKey(), label.getValue().asText());
      }
      return labels.isEmpty() ? LabelSelector.NOTHING : LabelSelector.ofLabels(labels);
    }
  };

  private final String controller;
  private final GroupVersionResource resource;
  private final GroupVersionKind kind;

  ReplicaKind(String controller, GroupVersionResource resource, GroupVersionKind kind) {
    this.controller = controller;
    this.resource = resource;
    this.kind = kind;
  }

  /** Its controller's name, as upstream names it. */
  String controller() {
    return controller;
  }

  GroupVersionResource resource() {
    return resource;
  }

  GroupVersionKind kind() {
    return kind;
  }

  abstract LabelSelector selector(ObjectNode set);
}
