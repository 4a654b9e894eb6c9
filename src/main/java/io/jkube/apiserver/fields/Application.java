package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * One configuration on its way into one state of an object.
 *
 * @param kind the schema; null where there is none
 * @param managed the managers of {@code live}
 */
record Application(
    Structure structure,
    Schema kind,
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
    var merged = new Merge(structure).merge(kind, live, configuration);
    var wanted =
        FieldCollector.fieldsOf(structure, kind, configuration).without(writer.resetFields());
    var me = writer.applier();
    var before = managed.get(me);
    var entry =
        new ManagedEntry(me, writer.definition().kind().apiVersion(), timeOf(before), wanted);
    var managers = managed.without(me);
    var claimed = managers.all().union(wanted);
    var next = before == null ? merged : pruned(merged, before.fields(), claimed);
    var comparison = Comparer.compare(structure, kind, live, next).without(writer.resetFields());
    var conflicts = force ? List.<Conflict>of() : conflicts(managers, comparison.changed());
    var taken = comparison.changed().union(comparison.removed());
    managers = managers.map(other -> other.with(other.fields().difference(taken)));
    var own = entry.with(entry.fields().difference(Ownerless.FIELDS));
    return new Outcome(next, managers.with(own), conflicts);
  }

  private static String timeOf(ManagedEntry before) {
    return before == null ? "" : before.time();
  }

  private static List<Conflict> conflicts(ManagedFields managers, FieldSet changed) {
    var touched = new ArrayList<ManagedEntry>();
    for (var entry : managers.entries()) {
      if (entry.fields().intersects(changed)) {
        touched.add(entry.with(entry.fields().intersection(changed)));
      }
    }
    return Conflict.of(touched);
  }

  /**
   * Takes out of the merged object what the applier wanted last time and nobody claims now. First
   * everything of last time goes, whole structs with it; then comes back what someone claims, and
   * what was not the applier's to take away.
   */
  private ObjectNode pruned(ObjectNode merged, FieldSet last, FieldSet claimed) {
    var removal = new Removal(structure);
    var mergedSet = named(FieldCollector.fieldsOf(structure, kind, merged));
    var bare = removal.without(kind, merged, named(last));
    var kept = fieldsOf(bare).union(named(claimed));
    var withClaimed = removal.without(kind, merged, mergedSet.difference(kept));
    var gone = mergedSet.difference(fieldsOf(withClaimed)).intersection(named(last));
    return removal.without(kind, merged, gone);
  }

  private FieldSet fieldsOf(ObjectNode object) {
    return named(FieldCollector.fieldsOf(structure, kind, object));
  }

  private FieldSet named(FieldSet set) {
    return NamedFields.withNamedFields(structure, kind, set);
  }
}
