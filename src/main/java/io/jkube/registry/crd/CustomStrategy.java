package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Strategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.structural.CustomSchema;
import io.jkube.registry.structural.Structural;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way of a custom resource's writes.
 *
 * @param hasStatus whether the status has a subresource of its own
 * @param selectable the paths of fields for selectors: {@code .spec.color}
 * @param terminating whether the definition is being deleted: then nothing new is made
 */
record CustomStrategy(
    CustomSchema schema,
    CelRules rules,
    boolean hasStatus,
    List<String> selectable,
    boolean terminating)
    implements Strategy {
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueNotSupported",
          "FieldValueRequired",
          "FieldValueTooLong",
          "FieldValueTooMany",
          "FieldValueTypeInvalid");

  @Override
  public void prepareForCreate(ObjectNode object, Instant now) {
    if (hasStatus) {
      object.remove("status");
    }
  }

  @Override
  public void prepareForUpdate(ObjectNode updated, ObjectNode current) {
    if (hasStatus) {
      Tree.restore(updated, current, "status");
    }
  }

  /** Nothing but the status changes, not even labels. */
  @Override
  public void prepareForStatusUpdate(ObjectNode updated, ObjectNode current) {
    var status = updated.get("status");
    var managed = updated.path("metadata").get("managedFields");
    updated.removeAll();
    updated.setAll(current.deepCopy());
    updated.remove("status");
    if (status != null) {
      updated.set("status", status);
    }
    var metadata = Tree.child(updated, "metadata");
    metadata.remove("managedFields");
    if (managed != null) {
      metadata.set("managedFields", managed);
    }
  }

  @Override
  public void admitCreate(ObjectNode object, StoredObjects others) {
    if (terminating) {
      throw new ApiException(
          StatusReason.METHOD_NOT_ALLOWED,
          "create not allowed while custom resource definition is terminating");
    }
  }

  @Override
  public boolean changesGeneration(ObjectNode updated, ObjectNode current) {
    return Strategy.super.changesGeneration(updated, current)
        || !hasStatus && !updated.path("status").equals(current.path("status"));
  }

  @Override
  public void validateCreate(ObjectNode object, Violations violations) {
    check(object, null, violations);
  }

  @Override
  public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    check(updated, current, violations);
  }

  @Override
  public void validateStatusUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    check(updated, current, violations);
  }

  /** Rules are for values that are what the schema says they are. */
  private void check(ObjectNode object, ObjectNode old, Violations violations) {
    var found = new Violations();
    schema.validate(object, old, found);
    found.list().forEach(each -> violations.add(each.reason(), each.field(), each.message()));
    if (!rules.exist()) {
      return;
    }
    if (found.list().stream().anyMatch(each -> BLOCKING.contains(each.reason()))) {
      violations.invalid(
          "<nil>",
          "null",
          "some validation rules were not checked because the object was invalid; correct the"
              + " existing errors to complete validation");
    } else {
      rules.check(object, old, violations);
    }
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    var fields = new LinkedHashMap<String, String>();
    for (var path : selectable) {
      fields.put(path.substring(1), Tree.text(object, SimplePath.pointer(path)));
    }
    return fields;
  }

  @Override
  public Set<String> selectableFieldNames() {
    var names = new LinkedHashSet<String>();
    selectable.forEach(path -> names.add(path.substring(1)));
    return names;
  }

  @Override
  public List<String> resetFields(String subresource) {
    if (!hasStatus) {
      return List.of();
    }
    return subresource.equals("status") ? allButStatus(schema.structural()) : List.of("/status");
  }

  private static List<String> allButStatus(Structural structural) {
    var fields = new ArrayList<>(List.of("/metadata", "/spec"));
    for (var name : structural.properties().keySet()) {
      if (!List.of("apiVersion", "kind", "metadata", "spec", "status").contains(name)) {
        fields.add("/" + name);
      }
    }
    return fields;
  }

  @Override
  public boolean finalizersAreQualified() {
    return false;
  }
}
