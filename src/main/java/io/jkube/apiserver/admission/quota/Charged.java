package io.jkube.apiserver.admission.quota;

import static io.jkube.registry.Tree.text;

import io.jkube.api.ObjectKey;
import io.jkube.api.quota.Amounts;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Reservation;
import io.jkube.apiserver.storage.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one write was charged, to be given back where it does not take place. */
final class Charged implements Reservation {
  private final Ledger ledger;
  private final Ledger.Entry entry;
  private final QuotaStatus status;
  private final Map<ObjectKey, Amounts> charged = new LinkedHashMap<>();
  private boolean kept;

  Charged(Ledger ledger, Ledger.Entry entry, QuotaStatus status) {
    this.ledger = ledger;
    this.entry = entry;
    this.status = status;
  }

  /** Charges each quota; none, where one of them has no more room. */
  void charge(AdmissionRequest request, List<StoredObject> quotas, Amounts more) {
    try {
      for (var quota : quotas) {
        var key = new ObjectKey(request.namespace(), text(quota.tree(), "/metadata/name"));
        status
            .add(key, current -> part(request, current, more))
            .ifPresent(found -> note(key, found, more));
      }
    } catch (RuntimeException refused) {
      close();
      throw refused;
    }
  }

  private static Amounts part(AdmissionRequest request, StoredObject quota, Amounts more) {
    var hard = Amounts.of(quota.tree().at("/status/hard"));
    var part = more.only(hard.names());
    QuotaLimit.check(request, quota, part, Amounts.NONE, Amounts.NONE);
    return part;
  }

  private void note(ObjectKey quota, StoredObject found, Amounts more) {
    charged.put(quota, more.only(Amounts.of(found.tree().at("/status/hard")).names()));
  }

  @Override
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    ledger.end(entry);
    if (!kept) {
      charged.forEach((quota, amounts) -> status.add(quota, any -> Amounts.NONE.minus(amounts)));
    }
  }
}
