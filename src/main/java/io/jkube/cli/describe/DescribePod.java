package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Containers;
import io.jkube.cli.describe.section.Owner;
import io.jkube.cli.describe.section.Page;
import io.jkube.cli.describe.section.Tolerations;
import io.jkube.cli.describe.section.Volumes;
import java.util.Set;

/** A pod: where it runs, how its containers are, what it mounts. */
final class DescribePod implements Describer {
  private static final Set<String> ENDED = Set.of("Failed", "Succeeded");

  @Override
  public void describe(ObjectNode pod, Lookup lookup, Page page) {
    place(pod, page);
    status(pod, page);
    containers(pod, page);
    conditions(pod, page);
    var spec = pod.path("spec");
    Volumes.write(spec.path("volumes"), page, "");
    page.field(0, "QoS Class", pod.path("status").path("qosClass").asText());
    page.labels("Node-Selectors", spec.path("nodeSelector"));
    page.column("Tolerations", Tolerations.texts(spec.path("tolerations")));
  }

  private static void place(JsonNode pod, Page page) {
    var metadata = pod.path("metadata");
    var spec = pod.path("spec");
    var status = pod.path("status");
    page.field(0, "Name", metadata.path("name").asText());
    page.field(0, "Namespace", metadata.path("namespace").asText());
    page.optional(0, "Priority", spec.path("priority").asText());
    page.optional(0, "Priority Class Name", spec.path("priorityClassName").asText());
    page.optional(0, "Runtime Class Name", spec.path("runtimeClassName").asText());
    page.optional(0, "Service Account", spec.path("serviceAccountName").asText());
    var node = spec.path("nodeName").asText();
    page.field(0, "Node", node.isEmpty() ? "<none>" : node + "/" + status.path("hostIP").asText());
    if (status.has("startTime")) {
      page.field(0, "Start Time", page.time(status.path("startTime")));
    }
    page.labels("Labels", metadata.path("labels"));
    page.annotations(metadata.path("annotations"));
  }

  private static void status(JsonNode pod, Page page) {
    var metadata = pod.path("metadata");
    var status = pod.path("status");
    var phase = status.path("phase").asText();
    if (metadata.has("deletionTimestamp") && !ENDED.contains(phase)) {
      page.field(
          0,
          "Status",
          "Terminating (lasts " + page.since(metadata.path("deletionTimestamp")) + ")");
      page.field(
          0,
          "Termination Grace Period",
          metadata.path("deletionGracePeriodSeconds").asLong() + "s");
    } else {
      page.field(0, "Status", phase);
    }
    page.optional(0, "Reason", status.path("reason").asText());
    page.optional(0, "Message", status.path("message").asText());
    var seccomp = pod.path("spec").path("securityContext").path("seccompProfile");
    page.optional(0, "SeccompProfile", seccomp.path("type").asText());
    page.optional(0, "LocalhostProfile", seccomp.path("localhostProfile").asText());
    page.field(0, "IP", status.path("podIP").asText());
    page.line(0, status.path("podIPs").isEmpty() ? "IPs:\t<none>" : "IPs:");
    status.path("podIPs").forEach(each -> page.field(1, "IP", each.path("ip").asText()));
    page.optional(0, "Controlled By", Owner.of(pod));
    page.optional(0, "NominatedNodeName", status.path("nominatedNodeName").asText());
  }

  private static void containers(JsonNode pod, Page page) {
    var spec = pod.path("spec");
    var status = pod.path("status");
    var containers = new Containers(page, pod);
    if (spec.path("resources").isObject()) {
      page.line(0, "Resources:");
      containers.resources(spec.path("resources"), 1);
    }
    if (!spec.path("initContainers").isEmpty()) {
      containers.write(
          "Init Containers", spec.path("initContainers"), status.path("initContainerStatuses"), "");
    }
    containers.write("Containers", spec.path("containers"), status.path("containerStatuses"), "");
    if (!spec.path("ephemeralContainers").isEmpty()) {
      containers.write(
          "Ephemeral Containers",
          spec.path("ephemeralContainers"),
          status.path("ephemeralContainerStatuses"),
          "");
    }
  }

  private static void conditions(JsonNode pod, Page page) {
    var conditions = pod.path("status").path("conditions");
    if (!pod.path("spec").path("readinessGates").isEmpty()) {
      page.line(0, "Readiness Gates:");
      page.line(1, "Type\tStatus");
      for (var gate : pod.path("spec").path("readinessGates")) {
        var type = gate.path("conditionType").asText();
        page.line(1, type + " \t" + statusOf(type, conditions) + " ");
      }
    }
    if (!conditions.isEmpty()) {
      page.line(0, "Conditions:");
      page.line(1, "Type\tStatus");
      conditions.forEach(
          each ->
              page.line(
                  1, each.path("type").asText() + " \t" + each.path("status").asText() + " "));
    }
  }

  private static String statusOf(String type, JsonNode conditions) {
    return conditions
        .valueStream()
        .filter(each -> each.path("type").asText().equals(type))
        .findFirst()
        .map(each -> each.path("status").asText())
        .orElse("<none>");
  }
}
