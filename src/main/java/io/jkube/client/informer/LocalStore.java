package io.jkube.client.informer;

import io.jkube.api.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Objects by key, with the revision each was read at, and by the values of index functions. One
 * thread writes, any may read; a reader sees each object whole, not the collection at one moment.
 */
final class LocalStore<T> {
  /** An object and the resourceVersion it was read at. */
  record Entry<T>(String version, T object) {}

  private final Map<ObjectKey, Entry<T>> entries = new ConcurrentHashMap<>();
  private final Map<String, Index<T>> indexes;

  LocalStore(Map<String, BiFunction<ObjectKey, T, Collection<String>>> indexFunctions) {
    var made = new ConcurrentHashMap<String, Index<T>>();
    indexFunctions.forEach((name, values) -> made.put(name, new Index<>(values)));
    this.indexes = Map.copyOf(made);
  }

  Entry<T> get(ObjectKey key) {
    return entries.get(key);
  }

  Set<ObjectKey> keys() {
    return entries.keySet();
  }

  List<T> objects() {
    return entries.values().stream().map(Entry::object).toList();
  }

  List<T> byIndex(String name, String value) {
    return List.copyOf(index(name).byValue.getOrDefault(value, Map.of()).values());
  }

  int count(String name, String value) {
    return index(name).byValue.getOrDefault(value, Map.of()).size();
  }

  private Index<T> index(String name) {
    var index = indexes.get(name);
    if (index == null) {
      throw new IllegalArgumentException("no index " + name + ", only " + indexes.keySet());
    }
    return index;
  }

  /** Answers what stood there before, or null. */
  Entry<T> put(ObjectKey key, String version, T object) {
    var before = entries.put(key, new Entry<>(version, object));
    for (var index : indexes.values()) {
      index.replace(key, before == null ? null : before.object, object);
    }
    return before;
  }

  /** Answers what stood there, or null. */
  Entry<T> remove(ObjectKey key) {
    var before = entries.remove(key);
    if (before != null) {
      for (var index : indexes.values()) {
        index.replace(key, before.object, null);
      }
    }
    return before;
  }

  private static final class Index<T> {
    private final BiFunction<ObjectKey, T, Collection<String>> values;
    private final Map<String, Map<ObjectKey, T>> byValue = new ConcurrentHashMap<>();

    Index(BiFunction<ObjectKey, T, Collection<String>> values) {
      this.values = values;
    }

    void replace(ObjectKey key, T before, T after) {
      Collection<String> now = after == null ? List.of() : values.apply(key, after);
      if (before != null) {
        for (var old : values.apply(key, before)) {
          if (!now.contains(old)) {
            byValue.computeIfPresent(
                old,
                (value, objects) -> {
                  objects.remove(key);
                  return objects.isEmpty() ? null : objects;
                });
          }
        }
      }
      for (var value : now) {
        byValue.computeIfAbsent(value, v -> new ConcurrentHashMap<>()).put(key, after);
      }
    }
  }
}
