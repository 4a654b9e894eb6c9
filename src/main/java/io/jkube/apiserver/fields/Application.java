package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One configuration on its way into one state of an object.
 *
 * @param managed the managers of {@code live}
 */
record Application(
    Structure structure,
    Versions versions,
    Writer writer,
    ObjectNode live,
    ObjectNode configuration,
    ManagedFields managed) {
  /**
   * What came of it.
   *
   * @param object the merged object, with null for what is gone; shares branches with the others
   * @param conflicts why it may not be; then the rest says nothing
   */
  record Outcome(ObjectNode object, ManagedFields managed, List<Conflict> conflicts) {}

  Outcome run(boolean force) {
    var kind = structure.schemas().schema(writer.definition().kind()).orElse(null);
    var merged = new Merge(structure).merge(kind, live, configuration);
    var wanted =
        FieldCollector.fieldsOf(structure, kind, configuration).without(writer.resetFields());
    var me = writer.applier();
    var last = managed.get(me);
    var own = new ManagedEntry(me, apiVersion(), last == null ? "" : last.time(), wanted);
    var others = managed.without(me);
    var pruning = new Pruning(structure, versions, writer.definition());
    var next = last == null ? merged : pruning.prune(merged, last, others.with(own));
    var comparisons = new Comparisons(structure, versions, writer, live, next);
    var conflicts = force ? List.<Conflict>of() : conflicts(others, comparisons);
    var left = others.map(entry -> FieldOwnership.without(entry, comparisons));
    var mine = own.with(wanted.difference(Ownerless.FIELDS));
    return new Outcome(next, left.with(mine), conflicts);
  }

  private String apiVersion() {
    return writer.definition().kind().apiVersion();
  }

  private static List<Conflict> conflicts(ManagedFields managers, Comparisons comparisons) {
    var touched = new ArrayList<ManagedEntry>();
    for (var entry : managers.entries()) {
      comparisons
          .at(entry.apiVersion())
          .map(there -> entry.fields().intersection(there.changed()))
          .filter(fields -> !fields.isEmpty())
          .ifPresent(fields -> touched.add(entry.with(fields)));
    }
    return Conflict.of(touched);
  }
}
