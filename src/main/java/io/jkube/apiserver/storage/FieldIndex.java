package io.jkube.apiserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The objects of one kind, and those who watch it, by the value of one field: what happens to the
 * pods of a node concerns that node's kubelet and not the hundreds of others. Guarded by the cache
 * it belongs to.
 */
final class FieldIndex {
  private static final String PODS = StorageKeys.prefix(Resources.PODS);
  private static final String NODE = "spec.nodeName";

  private final String field;
  private final Function<ObjectNode, String> value;
  private final Map<String, TreeMap<String, StoredObject>> objects = new HashMap<>();

  /** By the objects' keys: what was read once out of a tree that may be gone. */
  private final Map<String, String> values = new HashMap<>();

  private final Map<String, Set<Watcher>> watchers = new HashMap<>();

  private FieldIndex(String field, Function<ObjectNode, String> value) {
    this.field = field;
    this.value = value;
  }

  /** The index of the kind whose keys start so; empty for all kinds but pods. */
  static Optional<FieldIndex> of(String prefix) {
    return prefix.equals(PODS)
        ? Optional.of(new FieldIndex(NODE, pod -> pod.path("spec").path("nodeName").asText()))
        : Optional.empty();
  }

  /** The value that the selection asks of this field; empty when it takes any. */
  Optional<String> wantedBy(Selection selection) {
    return selection.fields().isEverything()
        ? Optional.empty()
        : selection.fields().exactMatch(field);
  }

  /** The objects with that value, in the order of their keys. */
  Collection<StoredObject> with(String wanted) {
    return objects.getOrDefault(wanted, new TreeMap<>()).values();
  }

  void add(StoredObject object) {
    var now = value.apply(object.tree());
    values.put(object.key(), now);
    objects.computeIfAbsent(now, any -> new TreeMap<>()).put(object.key(), object);
  }

  private void remove(String key) {
    var last = values.remove(key);
    if (last != null) {
      objects.computeIfPresent(
          last,
          (any, same) -> {
            same.remove(key);
            return same.isEmpty() ? null : same;
          });
    }
  }

  void add(String wanted, Watcher watcher) {
    watchers.computeIfAbsent(wanted, any -> new LinkedHashSet<>()).add(watcher);
  }

  void remove(Watcher watcher) {
    wantedBy(watcher.selection())
        .ifPresent(
            wanted ->
                watchers.computeIfPresent(
                    wanted,
                    (any, same) -> {
                      same.remove(watcher);
                      return same.isEmpty() ? null : same;
                    }));
  }

  /** Takes a change over and tells those who watch the value that the object has or had. */
  void apply(CacheEvent event) {
    var before = values.get(event.key());
    remove(event.key());
    if (event.current() != null) {
      add(event.current());
    }
    tell(event, before, values.get(event.key()));
  }

  private void tell(CacheEvent event, String before, String after) {
    watchersOf(before).forEach(watcher -> watcher.offer(event));
    if (after != null && !after.equals(before)) {
      watchersOf(after).forEach(watcher -> watcher.offer(event));
    }
  }

  Collection<Watcher> watchers() {
    return watchers.values().stream().flatMap(Set::stream).toList();
  }

  void clear() {
    objects.clear();
    values.clear();
    watchers.clear();
  }

  private Collection<Watcher> watchersOf(String wanted) {
    return wanted == null ? List.of() : watchers.getOrDefault(wanted, Set.of());
  }
}
