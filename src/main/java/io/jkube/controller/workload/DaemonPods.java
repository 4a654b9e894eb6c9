package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pods of a DaemonSet: each is for one node, which its node affinity tells the scheduler, and
 * puts up with the troubles of a node that it is there to help with.
 */
final class DaemonPods {
  private static final String NODE_NAME_FIELD = "metadata.name";
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
  private static final String TAINT = "node.kubernetes.io/";

  /** Bound ones first, then the oldest. */
  static final Comparator<ObjectNode> BY_AGE =
      Comparator.<ObjectNode, Boolean>comparing(
              pod -> pod.path("spec").path("nodeName").asText().isEmpty())
          .thenComparing(pod -> pod.path("metadata").path("creationTimestamp").asText())
          .thenComparing(pod -> pod.path("metadata").path("name").asText());

  private DaemonPods() {}

  static ObjectNode newPod(ObjectNode set, String hash, String node) {
    var template = set.path("spec").path("template");
    var pod = PodControl.fromTemplate(template, DaemonSetController.KIND, set);
    var labels = pod.withObject("metadata").withObject("labels");
    labels.put(RevisionHistory.POD_LABEL, hash);
    var generation = set.path("metadata").path("annotations").path(TEMPLATE_GENERATION);
    if (!generation.isMissingNode()) {
      labels.put("pod-template-generation", generation.asText());
    }
    var spec = pod.withObject("spec");
    addedTolerations(spec).forEach(toleration -> add(spec.withArray("tolerations"), toleration));
    aimAt(spec, node);
    return pod;
  }

  /** What every pod of a DaemonSet tolerates, whatever its template says. */
  static List<ObjectNode> addedTolerations(JsonNode podSpec) {
    var added = new ArrayList<ObjectNode>();
    added.add(toleration("not-ready", "NoExecute"));
    added.add(toleration("unreachable", "NoExecute"));
    for (var trouble :
        new String[] {"disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"}) {
      added.add(toleration(trouble, "NoSchedule"));
    }
    if (podSpec.path("hostNetwork").asBoolean()) {
      added.add(toleration("network-unavailable", "NoSchedule"));
    }
    return added;
  }

  /** The node that the pod is on, or is made for; empty for a pod of somebody else. */
  static String node(JsonNode pod) {
    var bound = pod.path("spec").path("nodeName").asText();
    if (!bound.isEmpty()) {
      return bound;
    }
    var terms = pod.at("/spec/affinity/nodeAffinity/" + REQUIRED + "/nodeSelectorTerms");
    for (var term : terms) {
      for (var field : term.path("matchFields")) {
        if (field.path("key").asText().equals(NODE_NAME_FIELD)
            && field.path("operator").asText().equals("In")) {
          return field.path("values").path(0).asText();
        }
      }
    }
    return "";
  }

  /** By the node they are for. */
  static Map<String, List<ObjectNode>> byNode(List<ObjectNode> pods) {
    var byNode = new HashMap<String, List<ObjectNode>>();
    for (var pod : pods) {
      byNode.computeIfAbsent(node(pod), name -> new ArrayList<>()).add(pod);
    }
    byNode.values().forEach(each -> each.sort(BY_AGE));
    return byNode;
  }

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  private static ObjectNode toleration(String trouble, String effect) {
    return Json.object()
        .put("key", TAINT + trouble)
        .put("operator", "Exists")
        .put("effect", effect);
  }

  private static void add(ArrayNode tolerations, ObjectNode toleration) {
    if (tolerations.valueStream().noneMatch(toleration::equals)) {
      tolerations.add(toleration);
    }
  }

  /** What the template requires of nodes was looked at already: only the name counts from here. */
  private static void aimAt(ObjectNode spec, String node) {
    var required = spec.withObject("affinity").withObject("nodeAffinity").putObject(REQUIRED);
    var field =
        required.putArray("nodeSelectorTerms").addObject().putArray("matchFields").addObject();
    field.put("key", NODE_NAME_FIELD).put("operator", "In").putArray("values").add(node);
  }
}
