package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.MirrorPods;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.ArrayList;
import java.util.List;

/** What an update of a pod may change: its images, and little else. */
public final class PodUpdate {
  private static final String ALLOWED =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
          + "`spec.tolerations` (only additions to existing tolerations),"
          + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously"
          + " negative)";

  private final ObjectNode updated;
  private final ObjectNode current;
  private final Violations violations;

  private PodUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    this.updated = updated;
    this.current = current;
    this.violations = violations;
  }

  /** Compares two pods. */
  public static void validate(ObjectNode updated, ObjectNode current, Violations violations) {
    mirror(updated, current, violations);
    if (updated.get("spec") instanceof ObjectNode after
        && current.get("spec") instanceof ObjectNode before) {
      new PodUpdate(after, before, violations).run();
    }
  }

  /** Whether a pod is a node's own is said when it is made, and never again. */
  private static void mirror(ObjectNode updated, ObjectNode current, Violations violations) {
    var after = updated.path("metadata").path("annotations").path(MirrorPods.ANNOTATION);
    var before = current.path("metadata").path("annotations").path(MirrorPods.ANNOTATION);
    if (!after.equals(before)) {
      violations.forbidden(
          "metadata.annotations[" + MirrorPods.ANNOTATION + "]",
          before.isMissingNode()
              ? "may not add mirror pod annotation"
              : "may not remove or update mirror pod annotation");
    }
  }

  private void run() {
    for (var list : List.of("containers", "initContainers")) {
      if (updated.path(list).size() != current.path(list).size()) {
        violations.forbidden("spec." + list, "pod updates may not add or remove containers");
        return;
      }
    }
    deadline();
    tolerations();
    var wanted = updated.deepCopy();
    setBack(wanted);
    var before = current.deepCopy();
    dropEmpty(wanted);
    dropEmpty(before);
    var changed = changedFields(wanted, before, "spec");
    if (!changed.isEmpty()) {
      violations.forbidden("spec", ALLOWED + "\nchanged: " + String.join(", ", changed));
    }
  }

  private void deadline() {
    var before = current.path("activeDeadlineSeconds");
    var after = updated.path("activeDeadlineSeconds");
    if (!before.isNumber()) {
      return;
    }
    if (!after.isNumber()) {
      violations.invalid(
          "spec.activeDeadlineSeconds",
          after.isMissingNode() ? null : after,
          "must not update from a positive integer to nil value");
    } else if (after.asLong() > before.asLong()) {
      violations.invalid(
          "spec.activeDeadlineSeconds", after, "must be less than or equal to previous value");
    }
  }

  /** Every toleration there was must still be there, but for how long it tolerates. */
  private void tolerations() {
    var now = objects(updated, "/tolerations").stream().map(PodUpdate::withoutSeconds).toList();
    for (var before : objects(current, "/tolerations")) {
      if (!now.contains(withoutSeconds(before))) {
        violations.forbidden(
            "spec.tolerations",
            "existing toleration can not be modified except its tolerationSeconds");
        return;
      }
    }
  }

  private static ObjectNode withoutSeconds(ObjectNode toleration) {
    var copy = toleration.deepCopy();
    copy.remove("tolerationSeconds");
    return copy;
  }

  /** Takes back the changes that are allowed, so that what is left is not. */
  private void setBack(ObjectNode wanted) {
    for (var list : List.of("/containers", "/initContainers")) {
      var before = objects(current, list);
      var after = objects(wanted, list);
      for (int i = 0; i < after.size(); i++) {
        Tree.restore(after.get(i), before.get(i), "image");
      }
    }
    Tree.restore(wanted, current, "activeDeadlineSeconds");
    Tree.restore(wanted, current, "tolerations");
    if (current.path("terminationGracePeriodSeconds").asLong() < 0
        && wanted.path("terminationGracePeriodSeconds").asLong() == 1) {
      Tree.restore(wanted, current, "terminationGracePeriodSeconds");
    }
    gates(wanted);
  }

  /** Gates may be taken away; while there were some, the node selector may be narrowed. */
  private void gates(ObjectNode wanted) {
    var before = objects(current, "/schedulingGates");
    if (before.isEmpty()) {
      return;
    }
    if (before.containsAll(objects(wanted, "/schedulingGates"))) {
      Tree.restore(wanted, current, "schedulingGates");
    }
    boolean narrowed =
        current.path("nodeSelector").properties().stream()
            .allMatch(
                label -> label.getValue().equals(wanted.path("nodeSelector").get(label.getKey())));
    if (narrowed) {
      Tree.restore(wanted, current, "nodeSelector");
    }
  }

  /** Some clients write what is empty, some leave it out; it is the same. */
  private static void dropEmpty(JsonNode node) {
    node.forEach(PodUpdate::dropEmpty);
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(field -> Tree.isEmpty(field.getValue()));
    }
  }

  private static List<String> changedFields(JsonNode after, JsonNode before, String path) {
    var changed = new ArrayList<String>();
    for (var field : after.properties()) {
      if (!field.getValue().equals(before.get(field.getKey()))) {
        changed.add(path + "." + field.getKey());
      }
    }
    for (var field : before.properties()) {
      if (!after.has(field.getKey())) {
        changed.add(path + "." + field.getKey());
      }
    }
    return changed;
  }

  /** The class of a pod is decided once. */
  public static void validateStatus(ObjectNode updated, ObjectNode current, Violations violations) {
    var before = text(current, "/status/qosClass");
    var after = text(updated, "/status/qosClass");
    if (!before.isEmpty() && !after.equals(before)) {
      violations.invalid("status.qosClass", after, "field is immutable");
    }
  }
}
