package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.schema.SchemaSource;
import java.time.InstantSource;

/** Keeps {@code metadata.managedFields} right on every write that is no apply. Thread-safe. */
public final class FieldOwnership {
  private final Structure structure;
  private final Versions versions;
  private final InstantSource clock;

  public FieldOwnership(SchemaSource schemas, ResourceCatalog catalog, InstantSource clock) {
    this.structure = new Structure(schemas);
    this.versions = new Versions(catalog);
    this.clock = clock;
  }

  /**
   * Makes the writer the manager of everything in a new object.
   *
   * @param object changed in its {@code managedFields} only
   * @param sent the {@code managedFields} that the client sent; may be null
   */
  public void create(Writer writer, ObjectNode object, JsonNode sent) {
    update(writer, Json.object(), object, sent);
  }

  /**
   * Makes the writer the manager of what it changes, and of what others managed of it no more.
   *
   * @param live shared: not to be changed
   * @param next changed in its {@code managedFields} only
   * @param sent the {@code managedFields} that the client sent; may be null
   */
  public void update(Writer writer, ObjectNode live, ObjectNode next, JsonNode sent) {
    var metadata = (ObjectNode) next.get("metadata");
    var managed = sentOrLive(writer, sent, live);
    boolean created = live.at("/metadata/uid").isMissingNode();
    if (managed.isEmpty() && !created) {
      metadata.remove("managedFields"); // someone does not want them here
      return;
    }
    try {
      after(writer, live, next, managed).writeTo(metadata);
    } catch (IllegalArgumentException unfit) {
      ManagedFields.of(live).writeTo(metadata); // an element without its keys: no one manages it
    }
  }

  private ManagedFields after(
      Writer writer, ObjectNode live, ObjectNode next, ManagedFields managed) {
    var comparisons = new Comparisons(structure, versions, writer, live, next);
    return comparisons.own().isSame()
        ? managed
        : UpdaterCap.apply(changed(managed, comparisons, writer.updater()));
  }

  /** A client may hand over the whole list, or reset it; nothing and nonsense leave it as it is. */
  private static ManagedFields sentOrLive(Writer writer, JsonNode sent, ObjectNode live) {
    var kept = live.path("metadata").path("managedFields");
    if (sent == null || !writer.subresource().isEmpty() || Same.same(sent, kept)) {
      return ManagedFields.of(live);
    }
    if (isReset(sent)) {
      return ManagedFields.NONE;
    }
    try {
      var parsed = ManagedFields.parse(sent);
      return parsed.isEmpty() ? ManagedFields.of(live) : parsed;
    } catch (IllegalArgumentException malformed) {
      return ManagedFields.of(live);
    }
  }

  private static boolean isReset(JsonNode sent) {
    return sent.isArray()
        && (sent.isEmpty()
            || (sent.size() == 1 && sent.get(0).isObject() && sent.get(0).isEmpty()));
  }

  private ManagedFields changed(ManagedFields managed, Comparisons comparisons, Manager writer) {
    var comparison = comparisons.own();
    var mine = comparison.changed().difference(Ownerless.FIELDS);
    var before = managed.get(writer);
    var left = managed.without(writer).map(entry -> without(entry, comparisons));
    var kept = before == null ? FieldSet.EMPTY : before.fields().difference(comparison.removed());
    if (!mine.isEmpty()) {
      var now = Timestamps.seconds(clock.instant());
      return left.with(new ManagedEntry(writer, writer.updatedVersion(), now, kept.union(mine)));
    }
    return before == null ? left : left.with(before.with(kept));
  }

  /** What is left to another manager; nothing where its version is not served any more. */
  static ManagedEntry without(ManagedEntry entry, Comparisons comparisons) {
    return comparisons
        .at(entry.apiVersion())
        .map(there -> entry.with(entry.fields().difference(there.touched())))
        .orElseGet(() -> entry.with(FieldSet.EMPTY));
  }
}
