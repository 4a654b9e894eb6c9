package io.jkube.registry.cel.cost;

import io.jkube.registry.cel.FieldNames;
import io.jkube.registry.structural.Structural;

/**
 * Where in a schema a value of an expression comes from.
 *
 * @param schema null for a key of a map
 */
record Place(Structural schema) {
  private static final Place KEY = new Place(null);

  long size() {
    return schema == null ? 0 : SchemaSizes.of(schema);
  }

  Place elements() {
    var inside = schema == null ? null : schema.items();
    return inside == null ? values() : new Place(inside);
  }

  Place values() {
    var inside = schema == null ? null : schema.additional();
    return inside == null ? null : new Place(inside);
  }

  Place keys() {
    return KEY;
  }

  /**
   * @param name as expressions write it
   * @return null where the schema has none
   */
  Place field(String name) {
    if (schema == null) {
      return null;
    }
    if (schema.additional() != null) {
      return values();
    }
    for (var each : schema.properties().entrySet()) {
      if (FieldNames.escaped(each.getKey()).equals(name)) {
        return new Place(each.getValue());
      }
    }
    return null;
  }
}
