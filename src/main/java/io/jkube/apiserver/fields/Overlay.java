package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.apiserver.fields.Structure.Parts;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.SchemaSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays fields over an object as server-side apply does, but for nobody in particular: no manager is
 * recorded, nothing conflicts, nothing is removed. Thread-safe.
 */
public final class Overlay {
  private final Structure structure;

  public Overlay(SchemaSource schemas) {
    this.structure = new Structure(schemas);
  }

  /**
   * @param object not changed
   * @return a tree that shares branches with both
   * @throws ApiException BadRequest for a configuration that does not fit the schema, or that would
   *     replace as a whole what it may name a part of
   */
  public ObjectNode apply(GroupVersionKind kind, ObjectNode object, ObjectNode configuration) {
    var whole =
        configuration.deepCopy().put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    var schema = structure.schemas().schema(kind).orElse(null);
    var wrong = TypedConfiguration.check(structure, schema, whole);
    if (!wrong.isEmpty()) {
      throw ApiException.badRequest("failed to convert patch object to typed object: " + wrong);
    }
    var atomic = new ArrayList<String>();
    findAtomic(schema, whole, "", atomic);
    if (!atomic.isEmpty()) {
      throw ApiException.badRequest(
          "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
              + String.join(", ", atomic));
    }
    return WithoutNulls.copy(new Merge(structure).merge(schema, object, whole));
  }

  private void findAtomic(Schema stated, JsonNode value, String path, List<String> atomic) {
    if (!value.isContainerNode() || stated == null) {
      return;
    }
    if (structure.parts(stated, value) == Parts.NONE && !structure.takesAnyValue(stated)) {
      atomic.add(path);
    }
    for (var field : value.properties()) {
      var inside = structure.field(stated, field.getKey());
      findAtomic(inside, field.getValue(), path + "." + field.getKey(), atomic);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      findAtomic(structure.element(stated), value.get(i), path + "[" + i + "]", atomic);
    }
  }
}
