package io.jkube.apiserver.admission.quota;

import static io.jkube.registry.Tree.text;

import io.jkube.api.quota.Amounts;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.storage.StoredObject;

/** Whether a quota has room for a write. */
final class QuotaLimit {
  private QuotaLimit() {}

  /**
   * @param more what the write uses more than its object before
   * @param next what its object will use
   * @param others what the other objects of the namespace really use
   * @throws io.jkube.api.ApiException Forbidden
   */
  static void check(
      AdmissionRequest request, StoredObject quota, Amounts more, Amounts next, Amounts others) {
    var hard = Amounts.of(quota.tree().at("/status/hard"));
    var told = Amounts.of(quota.tree().at("/status/used"));
    var growing = growing(more);
    var exceeded = told.plus(growing).only(growing.names()).exceeding(hard);
    var used = told;
    if (exceeded.isEmpty()) {
      exceeded = others.plus(next).only(growing.names()).exceeding(hard);
      used = others.plus(next.minus(more));
    }
    if (!exceeded.isEmpty()) {
      throw request.forbidden(
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(
                  text(quota.tree(), "/metadata/name"),
                  more.only(exceeded),
                  used.only(exceeded),
                  hard.only(exceeded)));
    }
  }

  /** A write that uses less is welcome also where too much is used. */
  private static Amounts growing(Amounts more) {
    var names = new java.util.TreeSet<String>();
    more.byName()
        .forEach(
            (name, amount) -> {
              if (amount.signum() > 0) {
                names.add(name);
              }
            });
    return more.only(names);
  }
}
