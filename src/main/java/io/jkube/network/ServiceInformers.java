package io.jkube.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.network.dns.ServiceRecords;
import io.jkube.network.proxy.ServiceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The one copy of services and slices that everything here reads. */
public final class ServiceInformers implements ServiceRecords, AutoCloseable {
  /** As whom it asks where pods are. */
  public static final String PLACING = "service-placing-controller";

  private static final String BY_ADDRESS = "address";
  private static final String BY_SERVICE = "service";

  private final Informer<ObjectNode> services;
  private final Informer<ObjectNode> slices;
  private final Informer<List<String>> ranges;
  private final PlaceInformers places;

  /**
   * @param client that may list and watch services, slices and ServiceCIDRs
   * @param placing that may list and watch nodes and pods
   */
  public ServiceInformers(ApiClient client, ApiClient placing) {
    this.places = new PlaceInformers(placing);
    this.services =
        Informer.of(client, Resources.SERVICES)
            .index(BY_ADDRESS, ServiceInformers::clusterIps)
            .build();
    this.slices =
        Informer.of(client, Resources.ENDPOINT_SLICES)
            .index(BY_SERVICE, slice -> List.of(ServiceTable.owner(slice).toString()))
            .index(BY_ADDRESS, ServiceInformers::endpointAddresses)
            .build();
    this.ranges = Informer.of(client, Resources.SERVICE_CIDRS, ServiceInformers::ranges).build();
  }

  /** Runs at every change; before {@link #start} only. */
  void onChange(Runnable reaction) {
    services.addHandler(ObjectHandler.onEvery((key, any) -> reaction.run()));
    slices.addHandler(ObjectHandler.onEvery((key, any) -> reaction.run()));
    ranges.addHandler(new Differences<>(reaction));
    places.onChange(reaction);
  }

  void start() {
    services.start();
    slices.start();
    ranges.start();
  }

  /** Not for the ranges: services are reached without them. */
  boolean awaitSynced(Duration limit) throws InterruptedException {
    return services.awaitSynced(limit) && slices.awaitSynced(limit);
  }

  ServiceTable table() throws InterruptedException {
    var all = services.list();
    var known = new TreeSet<String>();
    ranges.list().forEach(known::addAll);
    return ServiceTable.of(all, slices.list(), places.of(all), known);
  }

  /** Every service as it is now. */
  public List<ObjectNode> services() {
    return services.list();
  }

  @Override
  public Optional<ObjectNode> service(ObjectKey key) {
    return services.get(key);
  }

  @Override
  public List<ObjectNode> slices(ObjectKey service) {
    return slices.byIndex(BY_SERVICE, service.toString());
  }

  @Override
  public List<ObjectNode> servicesAt(String address) {
    return services.byIndex(BY_ADDRESS, address);
  }

  @Override
  public List<ObjectNode> slicesWith(String address) {
    return slices.byIndex(BY_ADDRESS, address);
  }

  /** A namespace without any service has no names to tell. */
  @Override
  public boolean hasNamespace(String namespace) {
    return !services.list(namespace).isEmpty();
  }

  @Override
  public void close() {
    services.close();
    slices.close();
    ranges.close();
    places.close();
  }

  /** Those of IPv4; services may have addresses of a range that leaves as long as it is there. */
  private static List<String> ranges(ObjectNode serviceCidr) {
    var ranges = new ArrayList<String>();
    for (var range : serviceCidr.at("/spec/cidrs")) {
      if (!range.asText().contains(":")) {
        ranges.add(range.asText());
      }
    }
    return ranges;
  }

  private static List<String> clusterIps(ObjectNode service) {
    var addresses = new ArrayList<String>();
    service.at("/spec/clusterIPs").forEach(each -> addresses.add(each.asText()));
    return addresses;
  }

  private static List<String> endpointAddresses(ObjectNode slice) {
    var addresses = new ArrayList<String>();
    for (var endpoint : slice.path("endpoints")) {
      endpoint.path("addresses").forEach(each -> addresses.add(each.asText()));
    }
    return addresses;
  }
}
