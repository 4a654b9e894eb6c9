package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;

/**
 * Who a pod of a StatefulSet is: its ordinal is the end of its name, and its name, labels, host
 * name and claims follow from that.
 */
final class StatefulIdentity {
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
  private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

  private StatefulIdentity() {}

  /** -1 for a pod that is none of the set's by its name. */
  static int ordinal(JsonNode set, JsonNode pod) {
    var prefix = name(set) + "-";
    var name = name(pod);
    if (!name.startsWith(prefix)) {
      return -1;
    }
    try {
      int ordinal = Integer.parseInt(name.substring(prefix.length()));
      return ordinal >= 0 && name.equals(prefix + ordinal) ? ordinal : -1;
    } catch (NumberFormatException other) {
      return -1;
    }
  }

  static String podName(JsonNode set, int ordinal) {
    return name(set) + "-" + ordinal;
  }

  static String claimName(JsonNode set, JsonNode claimTemplate, int ordinal) {
    return name(claimTemplate) + "-" + podName(set, ordinal);
  }

  /** The pod of that ordinal, of the template of that revision. */
  static ObjectNode newPod(ObjectNode set, ObjectNode revision, int ordinal) {
    var template = RevisionHistory.template(revision);
    var pod = PodControl.fromTemplate(template, StatefulSetController.KIND, set);
    var name = podName(set, ordinal);
    var metadata = pod.withObject("metadata").put("name", name);
    metadata
        .withObject("labels")
        .put(RevisionHistory.POD_LABEL, RevisionHistory.name(revision))
        .put(POD_NAME, name)
        .put(POD_INDEX, Integer.toString(ordinal));
    var spec = pod.withObject("spec").put("hostname", name);
    var service = set.path("spec").path("serviceName").asText();
    if (!service.isEmpty()) {
      spec.put("subdomain", service);
    }
    mountClaims(spec, set, ordinal);
    return pod;
  }

  /** What has to be patched for the pod to be who it is again; empty when nothing has. */
  static ObjectNode lost(JsonNode set, JsonNode pod) {
    var labels = pod.path("metadata").path("labels");
    var patch = Json.object();
    if (!labels.path(POD_NAME).asText().equals(name(pod))) {
      patch.withObject("metadata").withObject("labels").put(POD_NAME, name(pod));
    }
    var index = Integer.toString(ordinal(set, pod));
    if (!labels.path(POD_INDEX).asText().equals(index)) {
      patch.withObject("metadata").withObject("labels").put(POD_INDEX, index);
    }
    return patch;
  }

  /** A volume of the template that has the name of a claim gives way to the claim. */
  private static void mountClaims(ObjectNode podSpec, ObjectNode set, int ordinal) {
    var templates = set.path("spec").path("volumeClaimTemplates");
    if (templates.isEmpty()) {
      return;
    }
    var volumes = Json.array();
    for (var claim : templates) {
      volumes
          .addObject()
          .put("name", name(claim))
          .putObject("persistentVolumeClaim")
          .put("claimName", claimName(set, claim, ordinal));
    }
    for (var volume : podSpec.path("volumes")) {
      if (volumes.valueStream().noneMatch(each -> each.path("name").equals(volume.path("name")))) {
        volumes.add(volume);
      }
    }
    podSpec.set("volumes", volumes);
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }
}
