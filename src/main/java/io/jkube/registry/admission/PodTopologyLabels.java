package io.jkube.registry.admission;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.registry.StoredObjects;
import java.util.List;

/**
 * Tells a pod the zone and the region of its node by labels, which a container can read through the
 * downward API.
 */
public final class PodTopologyLabels {
  private static final List<String> LABELS =
      List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

  private PodTopologyLabels() {}

  /** For a pod that is made with its node; its own labels stay. */
  public static void admit(ObjectNode pod, StoredObjects others) {
    var has = pod.at("/metadata/labels");
    var labels = ofNode(text(pod, "/spec/nodeName"), others);
    labels.properties().removeIf(each -> has.has(each.getKey()));
    addTo(pod, labels);
  }

  /** For a pod that gets its node by a binding, whose own labels come to the pod as well. */
  public static void bind(ObjectNode pod, ObjectNode binding, StoredObjects others) {
    var labels = ofNode(text(pod, "/spec/nodeName"), others);
    if (binding.at("/metadata/labels") instanceof ObjectNode own) {
      labels.setAll(own);
    }
    addTo(pod, labels);
  }

  private static ObjectNode ofNode(String name, StoredObjects others) {
    if (name.isEmpty()) {
      return Json.object();
    }
    return others
        .get(Resources.NODES, ObjectKey.cluster(name))
        .filter(node -> node.at("/metadata/labels").isObject())
        .map(node -> ((ObjectNode) node.at("/metadata/labels")).deepCopy().retain(LABELS))
        .orElseGet(Json::object);
  }

  private static void addTo(ObjectNode pod, ObjectNode labels) {
    if (!labels.isEmpty()) {
      child(child(pod, "metadata"), "labels").setAll(labels);
    }
  }
}
