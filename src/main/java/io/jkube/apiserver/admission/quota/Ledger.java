package io.jkube.apiserver.admission.quota;

import io.jkube.api.quota.Amounts;
import io.jkube.api.quota.QuotaScopes;
import io.jkube.api.quota.QuotaUsage;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** What one namespace uses: what is stored, and writes that were let pass and are on their way. */
final class Ledger {
  final ReentrantLock lock = new ReentrantLock();

  /** By resource and name; taken out when the write is over. */
  private final Map<Entry, Usage> onTheirWay = new ConcurrentHashMap<>();

  /** What stored objects use, kept while they stay as they are. Under the lock. */
  private final Map<String, Map<StoredObject, Usage>> stored = new HashMap<>();

  /** An object of a resource. */
  record Entry(String resource, String name) {}

  void begin(Entry entry, Usage usage) {
    onTheirWay.put(entry, usage);
  }

  void end(Entry entry) {
    onTheirWay.remove(entry);
  }

  /**
   * What is used of these names by the objects of a resource that a quota is about, but for {@code
   * except}. What is on its way is read first: what is stored meanwhile is not counted twice.
   */
  Amounts used(
      StoredObject quota,
      Set<String> names,
      Entry except,
      String namespace,
      SettledKind kind,
      InstantSource clock) {
    var resource = except.resource();
    var pending = Map.copyOf(onTheirWay);
    var total = Amounts.NONE;
    for (var each : pending.entrySet()) {
      if (each.getKey().resource().equals(resource) && !each.getKey().equals(except)) {
        total = total.plus(counted(quota, resource, each.getValue(), names));
      }
    }
    var before = stored.getOrDefault(resource, Map.of());
    var now = new IdentityHashMap<StoredObject, Usage>();
    for (var object : kind.list(namespace)) {
      var known = before.get(object);
      var usage = known == null ? usage(resource, object, clock) : known;
      if (!object.tree().at("/metadata").has("deletionTimestamp")) {
        now.put(object, usage);
      }
      var entry = new Entry(resource, object.tree().at("/metadata/name").asText());
      if (!entry.equals(except) && !pending.containsKey(entry)) {
        total = total.plus(counted(quota, resource, usage, names));
      }
    }
    stored.put(resource, now);
    return total;
  }

  private static Usage usage(String resource, StoredObject object, InstantSource clock) {
    return new Usage(object.tree(), QuotaUsage.of(resource, object.tree(), clock.instant()));
  }

  private static Amounts counted(
      StoredObject quota, String resource, Usage usage, Set<String> names) {
    return QuotaScopes.match(quota.tree(), resource, usage.object())
        ? usage.amounts().only(names)
        : Amounts.NONE;
  }
}
