package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.cli.describe.section.Page;
import io.jkube.cli.describe.section.Quantities;
import io.jkube.cli.describe.section.Tolerations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A node: its health, what it has, and what its pods asked for. */
final class DescribeNode implements Describer {
  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
  private static final Map<String, String> SYSTEM = system();

  private static Map<String, String> system() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("Machine ID", "machineID");
    fields.put("System UUID", "systemUUID");
    fields.put("Boot ID", "bootID");
    fields.put("Kernel Version", "kernelVersion");
    fields.put("OS Image", "osImage");
    fields.put("Operating System", "operatingSystem");
    fields.put("Architecture", "architecture");
    fields.put("Container Runtime Version", "containerRuntimeVersion");
    fields.put("Kubelet Version", "kubeletVersion");
    fields.put("Kube-Proxy Version", "kubeProxyVersion");
    return fields;
  }

  @Override
  public void describe(ObjectNode node, Lookup lookup, Page page) {
    var metadata = node.path("metadata");
    var spec = node.path("spec");
    var status = node.path("status");
    page.field(0, "Name", metadata.path("name").asText());
    page.field(0, "Roles", roles(metadata.path("labels")));
    page.labels("Labels", metadata.path("labels")).annotations(metadata.path("annotations"));
    page.field(0, "CreationTimestamp", page.time(metadata.path("creationTimestamp")));
    page.column("Taints", Tolerations.taints(spec.path("taints")));
    page.field(0, "Unschedulable", spec.path("unschedulable").asBoolean());
    lease(metadata.path("name").asText(), lookup, page);
    conditions(status.path("conditions"), page);
    page.line(0, "Addresses:");
    status
        .path("addresses")
        .forEach(each -> page.field(1, each.path("type").asText(), each.path("address").asText()));
    Quantities.write("Capacity", status.path("capacity"), 0, page);
    Quantities.write("Allocatable", status.path("allocatable"), 0, page);
    page.line(0, "System Info:");
    SYSTEM.forEach(
        (name, field) -> page.field(1, name, status.path("nodeInfo").path(field).asText()));
    page.optional(0, "PodCIDR", spec.path("podCIDR").asText());
    page.optional(
        0,
        "PodCIDRs",
        spec.path("podCIDRs").valueStream().map(JsonNode::asText).collect(Collectors.joining(",")));
    page.optional(0, "ProviderID", spec.path("providerID").asText());
    new NodePods(node, page).write(lookup);
  }

  private static String roles(JsonNode labels) {
    var roles =
        labels
            .propertyStream()
            .map(
                label ->
                    label.getKey().startsWith(ROLE_PREFIX)
                        ? label.getKey().substring(ROLE_PREFIX.length())
                        : label.getKey().equals("kubernetes.io/role")
                            ? label.getValue().asText()
                            : "")
            .filter(role -> !role.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    return roles.isEmpty() ? "<none>" : roles;
  }

  private static void lease(String name, Lookup lookup, Page page) {
    var lease = lookup.object(Resources.LEASES, "kube-node-lease", name);
    if (lease.isEmpty()) {
      page.field(
          0, "Lease", "Failed to get lease: leases.coordination.k8s.io \"" + name + "\" not found");
      return;
    }
    var spec = lease.get().path("spec");
    page.line(0, "Lease:");
    page.field(1, "HolderIdentity", spec.path("holderIdentity").asText("<unset>"));
    for (var field : new String[] {"acquireTime", "renewTime"}) {
      var title = Character.toUpperCase(field.charAt(0)) + field.substring(1);
      page.field(1, title, spec.has(field) ? page.time(spec.path(field)) : "<unset>");
    }
  }

  private static void conditions(JsonNode conditions, Page page) {
    if (conditions.isEmpty()) {
      return;
    }
    page.line(0, "Conditions:");
    page.line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
    page.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
    for (var each : conditions) {
      page.line(
          1,
          "%s \t%s \t%s \t%s \t%s \t%s"
              .formatted(
                  each.path("type").asText(),
                  each.path("status").asText(),
                  page.time(each.path("lastHeartbeatTime")),
                  page.time(each.path("lastTransitionTime")),
                  each.path("reason").asText(),
                  each.path("message").asText()));
    }
  }
}
