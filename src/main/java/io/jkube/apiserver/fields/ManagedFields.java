package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The managers of an object with what they manage: {@code metadata.managedFields}. Immutable. */
final class ManagedFields {
  static final ManagedFields NONE = new ManagedFields(Map.of());

  private final Map<Manager, ManagedEntry> entries;

  private ManagedFields(Map<Manager, ManagedEntry> entries) {
    this.entries = entries;
  }

  /** What this server wrote into an object's metadata before. */
  static ManagedFields of(ObjectNode object) {
    return read(object.path("metadata").path("managedFields"), true);
  }

  /**
   * What a client sent.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  static ManagedFields parse(JsonNode managedFields) {
    return read(managedFields, false);
  }

  private static ManagedFields read(JsonNode managedFields, boolean trusted) {
    var entries = new LinkedHashMap<Manager, ManagedEntry>();
    for (var element : managedFields) {
      var entry = ManagedEntry.parse(element, trusted);
      entries.put(entry.manager(), entry);
    }
    return new ManagedFields(entries);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Collection<ManagedEntry> entries() {
    return entries.values();
  }

  /** The manager's entry, or null. */
  ManagedEntry get(Manager manager) {
    return entries.get(manager);
  }

  /** With this entry in place of the manager's; an entry without fields is left out. */
  ManagedFields with(ManagedEntry entry) {
    var changed = new LinkedHashMap<>(entries);
    if (entry.fields().isEmpty()) {
      changed.remove(entry.manager());
    } else {
      changed.put(entry.manager(), entry);
    }
    return new ManagedFields(changed);
  }

  ManagedFields without(Manager manager) {
    var changed = new LinkedHashMap<>(entries);
    changed.remove(manager);
    return new ManagedFields(changed);
  }

  /** With every entry as the change leaves it; those without fields are left out. */
  ManagedFields map(UnaryOperator<ManagedEntry> change) {
    var changed = new LinkedHashMap<Manager, ManagedEntry>();
    for (var entry : entries.values()) {
      var next = change.apply(entry);
      if (!next.fields().isEmpty()) {
        changed.put(next.manager(), next);
      }
    }
    return new ManagedFields(changed);
  }

  /** What all of them manage together. */
  FieldSet all() {
    return entries.values().stream()
        .map(ManagedEntry::fields)
        .reduce(FieldSet.EMPTY, FieldSet::union);
  }

  /** Puts them into an object's metadata, or takes the field away when there are none. */
  void writeTo(ObjectNode metadata) {
    if (entries.isEmpty()) {
      metadata.remove("managedFields");
      return;
    }
    metadata.set("managedFields", tree());
  }

  private ArrayNode tree() {
    var tree = Json.array();
    entries.values().stream().sorted(ManagedEntry.ORDER).map(ManagedEntry::tree).forEach(tree::add);
    return tree;
  }
}
