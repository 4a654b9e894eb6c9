package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts into a set the declared fields above its paths: {@code spec} and {@code spec.template} for
 * {@code spec.template.metadata}. A set says nothing of them, as the struct is there anyhow;
 * removing has to.
 */
final class NamedFields {
  private final Structure structure;
  private final FieldSet.Builder added = new FieldSet.Builder();
  private final List<String> path = new ArrayList<>();

  private NamedFields(Structure structure) {
    this.structure = structure;
  }

  static FieldSet withNamedFields(Structure structure, Schema kind, FieldSet set) {
    var walk = new NamedFields(structure);
    walk.visit(kind, set.tree());
    return set.union(walk.added.build());
  }

  private void visit(Schema stated, ObjectNode branches) {
    for (var branch : branches.properties()) {
      var element = branch.getKey();
      if (element.equals(".") || branch.getValue().isEmpty()) {
        continue;
      }
      path.add(element);
      var below = stated == null ? null : structure.element(stated);
      if (PathElement.isField(element)) {
        var name = PathElement.fieldName(element);
        below = structure.field(stated, name);
        if (structure.declares(stated, name)) {
          added.add(path);
        }
      }
      visit(below, (ObjectNode) branch.getValue());
      path.removeLast();
    }
  }
}
