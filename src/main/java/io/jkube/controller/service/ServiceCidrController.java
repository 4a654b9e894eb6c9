package io.jkube.controller.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.AddressRange;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes ranges of addresses ready to be used, and lets one that is deleted go once no address of it
 * is in use that no other range has.
 */
public final class ServiceCidrController implements Reconciler {
  public static final String NAME = "service-cidrs-controller";

  private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";
  private static final String READY = "Ready";
  private static final String STILL_USED =
      "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new"
          + " ServiceCIDR";
  private static final int WORKERS = 1;

  private final ApiClient client;
  private final InstantSource clock;
  private final Informer<ObjectNode> cidrs;
  private final Informer<ObjectNode> addresses;

  private ServiceCidrController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.cidrs = informers.of(Resources.SERVICE_CIDRS);
    this.addresses = informers.of(Resources.IP_ADDRESSES);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new ServiceCidrController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .follow(
            controller.cidrs,
            ObjectHandler.onEvery(
                (key, any) -> {
                  runner.enqueue(key);
                  controller.leaving().forEach(runner::enqueue);
                }))
        .follow(
            controller.addresses,
            ObjectHandler.onEvery((key, any) -> controller.leaving().forEach(runner::enqueue)));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var cidr = cidrs.get(key).orElse(null);
    if (cidr == null) {
      return Result.done();
    }
    if (!isLeaving(cidr)) {
      var kept = hold(cidr);
      report(kept, "True", "", "Kubernetes Service CIDR is ready");
    } else if (isUsed(key, cidr)) {
      report(cidr, "False", "Terminating", STILL_USED);
    } else {
      letGo(cidr);
    }
    return Result.done();
  }

  private List<ObjectKey> leaving() {
    return cidrs.list().stream().filter(ServiceCidrController::isLeaving).map(Json::key).toList();
  }

  private static boolean isLeaving(ObjectNode cidr) {
    return cidr.at("/metadata").hasNonNull("deletionTimestamp");
  }

  private boolean isUsed(ObjectKey key, ObjectNode cidr) {
    var own = ranges(cidr);
    var others = new ArrayList<AddressRange>();
    for (var other : cidrs.list()) {
      if (!isLeaving(other) && !Json.key(other).equals(key)) {
        others.addAll(ranges(other));
      }
    }
    return addresses.list().stream()
        .map(address -> address.at("/metadata/name").asText())
        .anyMatch(address -> has(own, address) && !has(others, address));
  }

  private static boolean has(List<AddressRange> ranges, String address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  private static List<AddressRange> ranges(ObjectNode cidr) {
    var ranges = new ArrayList<AddressRange>();
    cidr.at("/spec/cidrs")
        .forEach(text -> AddressRange.parse(text.asText()).ifPresent(ranges::add));
    return ranges;
  }

  /** Keeps it until its addresses are gone; answers it as it is then. */
  private ObjectNode hold(ObjectNode cidr) {
    if (cidr.at("/metadata/finalizers").toString().contains(FINALIZER)) {
      return cidr;
    }
    var next = cidr.deepCopy();
    next.withArray("/metadata/finalizers").add(FINALIZER);
    return client.update(Resources.SERVICE_CIDRS, next);
  }

  private void letGo(ObjectNode cidr) {
    var next = cidr.deepCopy();
    var finalizers = next.withArray("/metadata/finalizers");
    for (int i = finalizers.size() - 1; i >= 0; i--) {
      if (finalizers.get(i).asText().equals(FINALIZER)) {
        finalizers.remove(i);
      }
    }
    if (finalizers.size() < cidr.at("/metadata/finalizers").size()) {
      client.update(Resources.SERVICE_CIDRS, next);
    }
  }

  private void report(ObjectNode cidr, String status, String reason, String message) {
    var found = Conditions.find(cidr, READY);
    if (found.path("status").asText().equals(status)
        && found.path("reason").asText().equals(reason)) {
      return;
    }
    var next = cidr.deepCopy();
    var now = Timestamps.seconds(clock.instant());
    Conditions.set(next.withObject("/status"), READY, status, reason, message, now);
    client.updateStatus(Resources.SERVICE_CIDRS, next);
  }
}
