package io.jkube.registry.pod;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.MirrorPods;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;

/**
 * Containers that are put into a pod that is there already, to look at it: they come through a
 * subresource of their own, and stay as they came.
 */
public final class EphemeralContainers {
  public static final String SUBRESOURCE = "ephemeralcontainers";

  private static final String FIELD = "ephemeralContainers";
  private static final String PATH = "spec." + FIELD;

  private EphemeralContainers() {}

  public static void forbidAtCreation(ObjectNode pod, Violations violations) {
    if (!objects(pod, "/spec/" + FIELD).isEmpty()) {
      violations.forbidden(PATH, "cannot be set on create");
    }
  }

  static void forbidInTemplate(JsonNode template, String path, Violations violations) {
    if (!objects(template, "/spec/" + FIELD).isEmpty()) {
      violations.forbidden(path + "." + PATH, "ephemeral containers not allowed in pod template");
    }
  }

  /** Puts back all but the ephemeral containers, and who manages what. */
  public static void keepTheRest(ObjectNode updated, ObjectNode current) {
    var containers = updated.at("/spec/" + FIELD);
    var managed = updated.at("/metadata/managedFields");
    updated.removeAll();
    updated.setAll(current.deepCopy());
    if (containers.isMissingNode()) {
      child(updated, "spec").remove(FIELD);
    } else {
      child(updated, "spec").set(FIELD, containers);
    }
    if (!managed.isMissingNode()) {
      child(updated, "metadata").set("managedFields", managed);
    }
  }

  public static void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    if (!Tree.isEmpty(current.at("/metadata/annotations").path(MirrorPods.ANNOTATION))) {
      violations.forbidden("", "static pods do not support ephemeral containers");
      return;
    }
    for (var before : objects(current, "/spec/" + FIELD)) {
      var name = text(before, "/name");
      var after =
          objects(updated, "/spec/" + FIELD).stream()
              .filter(container -> text(container, "/name").equals(name))
              .findFirst();
      if (after.isEmpty()) {
        violations.forbidden(
            PATH, "existing ephemeral containers \"" + name + "\" may not be removed\n");
      } else if (!after.get().equals(before)) {
        violations.forbidden(
            PATH, "existing ephemeral containers \"" + name + "\" may not be changed\n");
      }
    }
  }
}
