package io.jkube.apiserver.admission.address;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.ServiceAddress;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.admission.Charge;
import io.jkube.apiserver.admission.Reservation;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.Violations;
import io.jkube.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Claims the addresses that a service is given.
 *
 * @param catalog where the kind IPAddress is
 */
public record AddressClaims(
    ObjectStore objects, Supplier<ResourceCatalog> catalog, InstantSource clock) implements Charge {
  private static final String SERVICES = Resources.SERVICES.groupResource();

  @Override
  public Reservation charge(AdmissionRequest request) {
    boolean written =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    if (!written
        || !request.groupResource().equals(SERVICES)
        || !request.subresource().isEmpty()
        || request.dryRun()) {
      return Reservation.NONE;
    }
    var wanted = new ArrayList<>(addresses(request.object()));
    if (request.current() != null) {
      wanted.removeAll(addresses(request.current()));
    }
    return wanted.isEmpty() ? Reservation.NONE : claim(request, wanted);
  }

  private static List<String> addresses(ObjectNode service) {
    return texts(service, "/spec/clusterIPs").stream()
        .filter(address -> !address.equals("None"))
        .toList();
  }

  private Reservation claim(AdmissionRequest request, List<String> wanted) {
    var claims = new Claims(objects, new ArrayList<>());
    try {
      for (var address : wanted) {
        claim(request, address, claims);
      }
    } catch (RuntimeException refused) {
      claims.close();
      throw refused;
    }
    return claims;
  }

  private void claim(AdmissionRequest request, String address, Claims claims) {
    var service = new ObjectKey(request.namespace(), request.name());
    var key = ObjectKey.cluster(address);
    var kind = catalog.get().find(Resources.IP_ADDRESSES).orElseThrow();
    try {
      var claim = ServiceAddress.of(address, service, clock.instant());
      claims.made().add(objects.create(kind, key, claim));
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.ALREADY_EXISTS) {
        throw refused;
      }
      var there = objects.get(Resources.IP_ADDRESSES, key).map(StoredObject::tree);
      if (!there.flatMap(ServiceAddress::service).equals(Optional.of(service))) {
        var violations = new Violations();
        violations.invalid(
            "spec.clusterIPs",
            Json.array().add(address),
            "failed to allocate IP " + address + ": provided IP is already allocated");
        violations.throwIfAny(
            request.call().definition().kind(), text(request.object(), "/metadata/name"));
      }
    }
  }

  /** The claims of one write; taken back where it does not take place. */
  private static final class Claims implements Reservation {
    private final ObjectStore objects;
    private final List<StoredObject> made;

    Claims(ObjectStore objects, List<StoredObject> made) {
      this.objects = objects;
      this.made = made;
    }

    List<StoredObject> made() {
      return made;
    }

    @Override
    public void keep() {
      made.clear();
    }

    @Override
    public void close() {
      for (var claim : made) {
        try {
          objects.remove(claim);
        } catch (StoreException.RevisionMismatch touched) {
          // Somebody looks after it already.
        }
      }
    }
  }
}
