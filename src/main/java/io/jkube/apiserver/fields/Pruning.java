package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes out of a merged object what its applier wanted last time and nobody claims now. First
 * everything of last time goes, whole structs with it; then comes back what someone claims, and
 * what was not the applier's to take away.
 *
 * @param own the kind in the version of this apply
 */
record Pruning(Structure structure, Versions versions, ResourceDefinition own) {
  /**
   * @param last what the applier wanted last time
   * @param claims what everyone wants now, the applier too
   * @return shares branches with {@code merged}
   */
  ObjectNode prune(ObjectNode merged, ManagedEntry last, ManagedFields claims) {
    var found = versions.sibling(own, last.apiVersion());
    if (found.isEmpty()) {
      return merged; // nothing is known of what it wanted
    }
    var then = found.get();
    var before = Versions.convert(merged, own, then);
    var pruned = without(then, before, named(then, last.fields()));
    for (var claim : byVersion(claims).entrySet()) {
      var there = claim.getKey();
      var whole = Versions.convert(before, then, there);
      var rest = fieldsOf(there, Versions.convert(pruned, then, there));
      var kept = rest.union(named(there, claim.getValue()));
      var unclaimed = fieldsOf(there, whole).difference(kept);
      pruned = Versions.convert(without(there, whole, unclaimed), there, then);
    }
    var gone =
        fieldsOf(then, before)
            .difference(fieldsOf(then, pruned))
            .intersection(named(then, last.fields()));
    return Versions.convert(without(then, before, gone), then, own);
  }

  private Map<ResourceDefinition, FieldSet> byVersion(ManagedFields claims) {
    var byVersion = new LinkedHashMap<ResourceDefinition, FieldSet>();
    for (var entry : claims.entries()) {
      versions
          .sibling(own, entry.apiVersion())
          .ifPresent(there -> byVersion.merge(there, entry.fields(), FieldSet::union));
    }
    return byVersion;
  }

  private ObjectNode without(ResourceDefinition version, ObjectNode object, FieldSet unwanted) {
    return new Removal(structure).without(schema(version), object, unwanted);
  }

  private FieldSet fieldsOf(ResourceDefinition version, ObjectNode object) {
    return named(version, FieldCollector.fieldsOf(structure, schema(version), object));
  }

  private FieldSet named(ResourceDefinition version, FieldSet set) {
    return NamedFields.withNamedFields(structure, schema(version), set);
  }

  private Schema schema(ResourceDefinition version) {
    return structure.schemas().schema(version.kind()).orElse(null);
  }
}
