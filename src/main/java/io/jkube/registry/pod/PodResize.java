package io.jkube.registry.pod;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.List;
import java.util.Set;

/** What the subresource {@code resize} of a pod may change: CPU and memory of its containers. */
public final class PodResize {
  public static final String SUBRESOURCE = "resize";

  private static final Set<String> MUTABLE = Set.of("cpu", "memory");
  private static final List<String> LISTS = List.of("containers", "initContainers");

  private PodResize() {}

  /** Puts back all but resources and resize policies, and who manages what. */
  public static void keepTheRest(ObjectNode updated, ObjectNode current) {
    var asked = updated.deepCopy();
    updated.removeAll();
    updated.setAll(current.deepCopy());
    for (var list : LISTS) {
      for (var container : objects(updated, "/spec/" + list)) {
        for (var wanted : objects(asked, "/spec/" + list)) {
          if (text(wanted, "/name").equals(text(container, "/name"))) {
            Tree.restore(container, wanted, "resources");
            Tree.restore(container, wanted, "resizePolicy");
          }
        }
      }
    }
    var managed = asked.at("/metadata/managedFields");
    if (!managed.isMissingNode()) {
      child(updated, "metadata").set("managedFields", managed);
    }
  }

  public static void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    for (var list : LISTS) {
      var before = objects(current, "/spec/" + list);
      var after = objects(updated, "/spec/" + list);
      for (int i = 0; i < before.size(); i++) {
        var path = "spec." + list + "[" + i + "].resources";
        boolean resizable =
            list.equals("containers") || text(after.get(i), "/restartPolicy").equals("Always");
        validate(after.get(i), before.get(i), path, resizable, violations);
      }
    }
    var qos = QualityOfService.of(child(updated, "spec"));
    if (!qos.equals(QualityOfService.of(child(current, "spec")))) {
      violations.invalid("spec", qos, "Pod QOS Class may not change as a result of resizing");
    }
  }

  private static void validate(
      ObjectNode after, ObjectNode before, String path, boolean resizable, Violations violations) {
    for (var kind : List.of("limits", "requests")) {
      var was = before.path("resources").path(kind);
      var is = after.path("resources").path(kind);
      if (!others(was).equals(others(is)) || !resizable && !was.equals(is)) {
        violations.forbidden("spec", "only cpu and memory resources are mutable");
      }
      for (var resource : MUTABLE) {
        if (was.has(resource) && !is.has(resource)) {
          violations.forbidden(path + "." + kind, "resource " + kind + " cannot be removed");
          break;
        }
      }
    }
  }

  private static JsonNode others(JsonNode amounts) {
    return amounts instanceof ObjectNode object
        ? object.deepCopy().without(MUTABLE)
        : Json.object();
  }
}
