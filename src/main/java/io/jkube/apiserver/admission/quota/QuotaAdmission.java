package io.jkube.apiserver.admission.quota;

import static io.jkube.registry.Tree.text;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.quota.Amounts;
import io.jkube.api.quota.QuotaConstraints;
import io.jkube.api.quota.QuotaScopes;
import io.jkube.api.quota.QuotaUsage;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.admission.Charge;
import io.jkube.apiserver.admission.Reservation;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Refuses what would exceed a quota of its namespace, and charges what does not. */
public final class QuotaAdmission implements Charge {
  static final GroupVersionResource QUOTAS = new GroupVersionResource("", "v1", "resourcequotas");

  /** Resources whose objects may come to use more by an update. */
  private static final Set<String> GROWING = Set.of("services", "persistentvolumeclaims");

  private final ObjectStore objects;
  private final SettledKind quotas;
  private final QuotaStatus status;
  private final InstantSource clock;
  private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
  private final Map<GroupVersionResource, SettledKind> kinds = new ConcurrentHashMap<>();

  public QuotaAdmission(ObjectStore objects, QuotaStatus status, InstantSource clock) {
    this.objects = objects;
    this.quotas = objects.settled(QUOTAS);
    this.status = status;
    this.clock = clock;
  }

  @Override
  public Reservation charge(AdmissionRequest request) {
    if (!uses(request)) {
      return Reservation.NONE;
    }
    var all = quotas.list(request.namespace());
    if (all.isEmpty()) {
      ledgers.remove(request.namespace());
      return Reservation.NONE;
    }
    var concerned = concerned(all, request);
    if (concerned.isEmpty()) {
      return Reservation.NONE;
    }
    var next = usage(request);
    var more = more(request, next);
    if (more.isEmpty()) {
      return Reservation.NONE;
    }
    return charge(request, concerned, next, more);
  }

  private static boolean uses(AdmissionRequest request) {
    if (request.namespace().isEmpty()) {
      return false;
    }
    boolean resize =
        request.groupResource().equals("pods") && request.subresource().equals("resize");
    return switch (request.operation()) {
      case CREATE -> request.subresource().isEmpty();
      case UPDATE ->
          resize || request.subresource().isEmpty() && GROWING.contains(request.groupResource());
      case DELETE, CONNECT -> false;
    };
  }

  /** The quotas that limit something of this object. */
  private static List<StoredObject> concerned(List<StoredObject> all, AdmissionRequest request) {
    var concerned = new ArrayList<StoredObject>();
    for (var quota : all) {
      var tree = quota.tree();
      var limited = limited(quota, request);
      if (!limited.isEmpty()
          && QuotaScopes.match(tree, request.groupResource(), request.object())) {
        requireSaid(quota, limited, request);
        concerned.add(quota);
      }
    }
    return concerned;
  }

  private static Set<String> limited(StoredObject quota, AdmissionRequest request) {
    var hard = Amounts.of(quota.tree().at("/status/hard"));
    return QuotaUsage.concerning(request.groupResource(), hard.names());
  }

  private static void requireSaid(
      StoredObject quota, Set<String> limited, AdmissionRequest request) {
    var name = text(quota.tree(), "/metadata/name");
    if (request.groupResource().equals("pods")) {
      QuotaConstraints.missing(request.object(), limited)
          .ifPresent(
              why -> {
                throw request.forbidden("failed quota: " + name + ": " + why);
              });
    }
    var used = Amounts.of(quota.tree().at("/status/used"));
    if (!used.names().containsAll(limited)) {
      throw request.forbidden(
          "status unknown for quota: "
              + name
              + ", resources: "
              + String.join(",", new java.util.TreeSet<>(limited)));
    }
  }

  private Amounts usage(AdmissionRequest request) {
    return QuotaUsage.of(request.groupResource(), request.object(), clock.instant());
  }

  /** What the object uses more than before. */
  private Amounts more(AdmissionRequest request, Amounts next) {
    if (request.operation() == Operation.CREATE) {
      return next.withoutZeros();
    }
    var before = QuotaUsage.of(request.groupResource(), request.current(), clock.instant());
    return next.minus(before).withoutZeros();
  }

  private Reservation charge(
      AdmissionRequest request, List<StoredObject> concerned, Amounts next, Amounts more) {
    var ledger = ledgers.computeIfAbsent(request.namespace(), any -> new Ledger());
    var entry = new Ledger.Entry(request.groupResource(), request.name());
    ledger.lock.lock();
    try {
      for (var quota : concerned) {
        var limited = limited(quota, request);
        var really = ledger.used(quota, limited, entry, request.namespace(), kind(request), clock);
        QuotaLimit.check(request, quota, more.only(limited), next.only(limited), really);
      }
      if (request.dryRun()) {
        return Reservation.NONE;
      }
      var charged = new Charged(ledger, entry, status);
      ledger.begin(entry, new Usage(request.object(), next));
      charged.charge(request, concerned, more);
      return charged;
    } finally {
      ledger.lock.unlock();
    }
  }

  private SettledKind kind(AdmissionRequest request) {
    return kinds.computeIfAbsent(request.call().resource(), objects::settled);
  }
}
