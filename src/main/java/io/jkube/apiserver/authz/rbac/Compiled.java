package io.jkube.apiserver.authz.rbac;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.storage.StoredObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What objects mean, worked out once for each of their revisions. Thread-safe.
 *
 * @param <T> immutable
 */
final class Compiled<T> {
  /** Above it everything is worked out anew: what belongs to deleted objects goes away with it. */
  private static final int MAX_ENTRIES = 50_000;

  private record Entry<T>(StoredObject source, T value) {}

  private final Function<ObjectNode, T> work;
  private final Map<String, Entry<T>> byKey = new ConcurrentHashMap<>();

  Compiled(Function<ObjectNode, T> work) {
    this.work = work;
  }

  T of(StoredObject object) {
    var known = byKey.get(object.key());
    if (known != null && known.source() == object) {
      return known.value();
    }
    if (byKey.size() >= MAX_ENTRIES) {
      byKey.clear();
    }
    var value = work.apply(object.tree());
    byKey.put(object.key(), new Entry<>(object, value));
    return value;
  }
}
