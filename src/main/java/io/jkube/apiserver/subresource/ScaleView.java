package io.jkube.apiserver.subresource;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;

/** An object seen as a {@code Scale}: how many are wanted, how many there are. */
final class ScaleView {
  static final GroupVersionKind KIND = new GroupVersionKind("autoscaling", "v1", "Scale");

  /** How a table shows one. */
  static final ResourceDefinition TABLE =
      ResourceDefinition.namespaced("autoscaling", "v1", "Scale", "scales")
          .column(TableColumn.count("Desired", "/spec/replicas"))
          .column(TableColumn.count("Available", "/status/replicas"))
          .ageColumn()
          .build();

  private ScaleView() {}

  /** The Scale of an object. */
  static ObjectNode of(ResourceDefinition definition, ObjectNode object) {
    var paths = definition.scale();
    var scale = Json.object().put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
    var metadata = scale.putObject("metadata");
    for (var field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      if (object.path("metadata").has(field)) {
        metadata.set(field, object.path("metadata").get(field));
      }
    }
    var spec = scale.putObject("spec");
    int wanted = object.at(paths.specReplicas()).asInt();
    if (wanted != 0) {
      spec.put("replicas", wanted);
    }
    var status =
        scale.putObject("status").put("replicas", object.at(paths.statusReplicas()).asInt());
    var selector = paths.selectorText(object);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  /**
   * The object with the number that a Scale asks for; with its revision and uid, if it names them.
   *
   * @throws io.jkube.api.ApiException Invalid
   */
  static ObjectNode applied(ResourceDefinition definition, ObjectNode object, ObjectNode scale) {
    var violations = new Violations();
    new Rules(violations).notNegative(scale.path("spec"), "replicas", "spec");
    violations.throwIfAny(KIND, text(object, "/metadata/name"));
    var next = object.deepCopy();
    set(next, definition.scale().specReplicas(), scale.at("/spec/replicas"));
    var metadata = Tree.child(next, "metadata");
    metadata.remove("resourceVersion");
    for (var field : new String[] {"resourceVersion", "uid"}) {
      if (!text(scale, "/metadata/" + field).isEmpty()) {
        metadata.put(field, text(scale, "/metadata/" + field));
      }
    }
    return next;
  }

  private static void set(ObjectNode object, String pointer, JsonNode replicas) {
    var names = pointer.substring(1).split("/");
    var holder = object;
    for (int i = 0; i < names.length - 1; i++) {
      holder = Tree.child(holder, names[i]);
    }
    holder.put(names[names.length - 1], replicas.asInt());
  }
}
