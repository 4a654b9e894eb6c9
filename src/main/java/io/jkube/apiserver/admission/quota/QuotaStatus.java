package io.jkube.apiserver.admission.quota;

import io.jkube.api.ObjectKey;
import io.jkube.api.quota.Amounts;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.Tree;
import io.jkube.store.StoreException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes what is used into the status of a quota, whoever else writes there. */
public record QuotaStatus(ObjectStore objects, Supplier<ResourceCatalog> catalog) {
  /**
   * Adds to what is used.
   *
   * @param more of the new state of the quota, what to add; none to leave it as it is
   * @return the quota as it was when the change was made; empty when there is none any more
   */
  Optional<StoredObject> add(ObjectKey quota, Function<StoredObject, Amounts> more) {
    var definition = catalog.get().find(QuotaAdmission.QUOTAS).orElseThrow();
    while (true) {
      var found = objects.get(QuotaAdmission.QUOTAS, quota);
      if (found.isEmpty()) {
        return found;
      }
      var current = found.get();
      var added = more.apply(current);
      if (added.isEmpty()) {
        return found;
      }
      var next = current.tree().deepCopy();
      var used = Amounts.of(next.at("/status/used")).plus(added);
      Tree.child(next, "status").set("used", used.tree());
      try {
        objects.replace(definition, quota, current, next);
        return found;
      } catch (StoreException.RevisionMismatch faster) {
        continue;
      }
    }
  }
}
