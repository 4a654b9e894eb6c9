package io.jkube.registry.core;

import static io.jkube.registry.TableColumn.wide;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.admission.TaintNodesByCondition;
import io.jkube.registry.validation.Quantities;
import io.jkube.registry.validation.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Nodes: the machines, or kubelets, that run pods. */
public final class Nodes {
  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final String OLD_ROLE_LABEL = "kubernetes.io/role";

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("", "v1", "Node", "nodes")
          .shortNames("no")
          .subresources("status", "proxy")
          .column("Status", Nodes::status)
          .column("Roles", Nodes::roles)
          .ageColumn()
          .column("Version", node -> text(node, "/status/nodeInfo/kubeletVersion"))
          .column(wide("Internal-IP", node -> address(node, "InternalIP")))
          .column(wide("External-IP", node -> address(node, "ExternalIP")))
          .column(wide("OS-Image", node -> info(node, "osImage")))
          .column(wide("Kernel-Version", node -> info(node, "kernelVersion")))
          .column(wide("Container-Runtime", node -> info(node, "containerRuntimeVersion")))
          .strategy(new NodeStrategy())
          .build();

  private Nodes() {}

  private static String status(ObjectNode node) {
    var words = new ArrayList<String>();
    for (var condition : objects(node, "/status/conditions")) {
      if (text(condition, "/type").equals("Ready")) {
        words.add(text(condition, "/status").equals("True") ? "Ready" : "NotReady");
      }
    }
    if (words.isEmpty()) {
      words.add("Unknown");
    }
    if (node.at("/spec/unschedulable").asBoolean()) {
      words.add("SchedulingDisabled");
    }
    return String.join(",", words);
  }

  private static String roles(ObjectNode node) {
    var roles = new TreeSet<String>();
    for (var label : node.at("/metadata/labels").properties()) {
      if (label.getKey().startsWith(ROLE_PREFIX)) {
        var role = label.getKey().substring(ROLE_PREFIX.length());
        if (!role.isEmpty()) {
          roles.add(role);
        }
      } else if (label.getKey().equals(OLD_ROLE_LABEL) && !label.getValue().asText().isEmpty()) {
        roles.add(label.getValue().asText());
      }
    }
    return roles.isEmpty() ? "<none>" : String.join(",", roles);
  }

  private static String address(ObjectNode node, String type) {
    return objects(node, "/status/addresses").stream()
        .filter(address -> text(address, "/type").equals(type))
        .map(address -> text(address, "/address"))
        .findFirst()
        .orElse("<none>");
  }

  private static String info(ObjectNode node, String field) {
    var value = text(node, "/status/nodeInfo/" + field);
    return value.isEmpty() ? "<unknown>" : value;
  }

  private static final class NodeStrategy implements StatusStrategy {
    /** A node may report itself with its status at once, unlike other kinds. */
    @Override
    public void prepareForCreate(ObjectNode node, Instant now) {}

    @Override
    public void admitCreate(ObjectNode node, StoredObjects others) {
      TaintNodesByCondition.admit(node);
    }

    @Override
    public void applyDefaults(ObjectNode node) {
      var capacity = node.at("/status/capacity");
      if (!capacity.isEmpty() && !node.path("status").has("allocatable")) {
        Tree.child(node, "status").set("allocatable", capacity.deepCopy());
      }
      if (node.get("status") instanceof ObjectNode status) {
        Quantities.canonical(status, "capacity", "allocatable");
      }
    }

    @Override
    public void validate(ObjectNode node, Violations violations) {
      var rules = new Rules(violations);
      var seen = new HashSet<String>();
      int index = 0;
      for (var taint : objects(node, "/spec/taints")) {
        var at = "spec.taints[" + index++ + "]";
        rules.required(taint, "key", at);
        rules.required(taint, "effect", at);
        rules.oneOf(taint, "effect", at, EFFECTS);
        if (!seen.add(text(taint, "/key") + ":" + text(taint, "/effect"))) {
          violations.add("FieldValueDuplicate", at, "Duplicate value: " + taint);
        }
      }
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode node) {
      var unschedulable = node.at("/spec/unschedulable").asBoolean();
      return Map.of("spec.unschedulable", Boolean.toString(unschedulable));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of("spec.unschedulable");
    }
  }
}
