package io.jkube.apiserver.fields;

import java.util.Comparator;
import java.util.HashMap;

/** Keeps the list of updaters short: the oldest ones are remembered together. */
final class UpdaterCap {
  /** So many updaters are told apart. */
  static final int MAX_UPDATERS = 10;

  static final String ANCIENT = "ancient-changes";

  private static final Comparator<ManagedEntry> OLDEST_FIRST =
      Comparator.comparing(ManagedEntry::time).thenComparing(ManagedEntry::manager);

  private UpdaterCap() {}

  static ManagedFields apply(ManagedFields managed) {
    var updaters =
        managed.entries().stream()
            .filter(entry -> !entry.manager().isApplier())
            .sorted(OLDEST_FIRST)
            .toList();
    int count = updaters.size();
    var firsts = new HashMap<String, ManagedEntry>();
    for (var entry : updaters) {
      if (count <= MAX_UPDATERS) {
        break;
      }
      var first = firsts.putIfAbsent(entry.apiVersion(), entry);
      if (first != null) {
        managed = merge(managed, first, entry);
        count--;
      }
    }
    return managed;
  }

  /** Moves an entry into the bucket of its version, which takes the place of the first one. */
  private static ManagedFields merge(ManagedFields managed, ManagedEntry first, ManagedEntry next) {
    var bucket = Manager.updater(ANCIENT, "", next.apiVersion());
    var merged = managed.get(bucket);
    var before = merged == null ? first : merged;
    if (merged == null) {
      managed = managed.without(first.manager());
    }
    var fields = before.fields().union(next.fields());
    return managed
        .without(next.manager())
        .with(new ManagedEntry(bucket, next.apiVersion(), next.time(), fields));
  }
}
