package io.jkube.controller.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.ServiceAddress;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every address of a service has its IPAddress, and no IPAddress outlives its service. The API
 * server makes them; this takes them away, and puts right what a server that was killed left. The
 * names it works on are services, and addresses without a namespace.
 */
public final class AddressRepair implements Reconciler {
  public static final String NAME = "service-ip-repair-controller";

  /** As long as upstream's: the service of a younger one may be on its way into the store. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final int WORKERS = 1;

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Informer<ObjectNode> services;
  private final Informer<ObjectNode> addresses;

  /**
   * The revision at which a service is known to have let go of an address. An IPAddress that is
   * older was that service's, whichever of the two copies shows it first; a younger one is not.
   */
  private final Map<ObjectKey, Long> released = new ConcurrentHashMap<>();

  private AddressRepair(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.services = informers.of(Resources.SERVICES);
    this.addresses = informers.of(Resources.IP_ADDRESSES);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var repair = new AddressRepair(client, informers, clock);
    var runner = new ControllerRunner(NAME, repair, WORKERS, clock);
    return runner
        .follow(repair.services, repair.new ServiceChanges(runner))
        .follow(
            repair.addresses,
            ObjectHandler.onEvery(
                (key, address) -> {
                  runner.enqueue(key);
                  ServiceAddress.service(address).ifPresent(runner::enqueue);
                }))
        .owns(repair.events);
  }

  @Override
  public Result reconcile(ObjectKey key) {
    return key.namespace().isEmpty() ? address(key) : service(key);
  }

  private Result service(ObjectKey key) {
    var service = services.get(key);
    if (service.isPresent()) {
      for (var address : addressesOf(service.get())) {
        claim(service.get(), key, address);
      }
    }
    return Result.done();
  }

  private void claim(ObjectNode service, ObjectKey key, String address) {
    var there = addresses.get(ObjectKey.cluster(address));
    if (there.isEmpty()) {
      try {
        client.create(Resources.IP_ADDRESSES, ServiceAddress.of(address, key, clock.instant()));
      } catch (ApiException refused) {
        if (refused.reason() != StatusReason.ALREADY_EXISTS) {
          throw refused;
        }
      }
    } else if (!ServiceAddress.service(there.get()).filter(key::equals).isPresent()) {
      events.warning(
          ObjectReference.to(service),
          "ClusterIPAlreadyAllocated",
          "Cluster IP " + address + " was assigned to something else; please recreate service");
    }
  }

  private Result address(ObjectKey key) {
    var address = addresses.get(key).filter(ServiceAddress::isAllocated);
    if (address.isEmpty() || isOfItsService(key, address.get())) {
      return Result.done();
    }
    var since = Timestamps.parse(address.get().at("/metadata/creationTimestamp").asText());
    var wait = Duration.between(clock.instant(), since.plus(GRACE));
    boolean gone = revision(address.get()) < released.getOrDefault(key, 0L);
    if (!gone && wait.isPositive()) {
      return Result.after(wait);
    }
    delete(key, address.get());
    released.remove(key);
    return Result.done();
  }

  private static long revision(ObjectNode object) {
    return object.at("/metadata/resourceVersion").asLong();
  }

  private boolean isOfItsService(ObjectKey key, ObjectNode address) {
    return ServiceAddress.service(address)
        .flatMap(services::get)
        .filter(service -> addressesOf(service).contains(key.name()))
        .isPresent();
  }

  private void delete(ObjectKey key, ObjectNode address) {
    var uid = address.at("/metadata/uid").asText();
    try {
      client.delete(Resources.IP_ADDRESSES, key, DeleteOptions.ofUid(uid));
    } catch (ApiException moot) {
      if (moot.reason() != StatusReason.NOT_FOUND && moot.reason() != StatusReason.CONFLICT) {
        throw moot;
      }
    }
  }

  private static List<String> addressesOf(ObjectNode service) {
    var addresses = new ArrayList<String>();
    service.at("/spec/clusterIPs").forEach(each -> addresses.add(each.asText()));
    addresses.remove("None");
    return addresses;
  }

  /** Notes which addresses a service lets go. */
  private final class ServiceChanges implements ObjectHandler<ObjectNode> {
    private final ControllerRunner runner;

    ServiceChanges(ControllerRunner runner) {
      this.runner = runner;
    }

    @Override
    public void added(ObjectKey key, ObjectNode service) {
      runner.enqueue(key);
    }

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      var less = addressesOf(before);
      less.removeAll(addressesOf(after));
      release(less, after);
      runner.enqueue(key);
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {
      release(addressesOf(last), last);
    }

    private void release(List<String> addresses, ObjectNode service) {
      for (var address : addresses) {
        released.put(ObjectKey.cluster(address), revision(service));
        runner.enqueue(ObjectKey.cluster(address));
      }
    }
  }
}
