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

/** The one copy of services and slices that everything here reads. */
public final class ServiceInformers implements ServiceRecords, AutoCloseable {
  private static final String BY_ADDRESS = "address";
  private static final String BY_SERVICE = "service";

  private final Informer<ObjectNode> services;
  private final Informer<ObjectNode> slices;

  /**
   * @param client that may list and watch services and slices
   */
  public ServiceInformers(ApiClient client) {
    this.services =
        Informer.of(client, Resources.SERVICES)
            .index(BY_ADDRESS, ServiceInformers::clusterIps)
            .build();
    this.slices =
        Informer.of(client, Resources.ENDPOINT_SLICES)
            .index(BY_SERVICE, slice -> List.of(ServiceTable.owner(slice).toString()))
            .index(BY_ADDRESS, ServiceInformers::endpointAddresses)
            .build();
  }

  /** Runs at every change; before {@link #start} only. */
  void onChange(Runnable reaction) {
    services.addHandler(ObjectHandler.onEvery((key, any) -> reaction.run()));
    slices.addHandler(ObjectHandler.onEvery((key, any) -> reaction.run()));
  }

  void start() {
    services.start();
    slices.start();
  }

  boolean awaitSynced(Duration limit) throws InterruptedException {
    return services.awaitSynced(limit) && slices.awaitSynced(limit);
  }

  ServiceTable table() {
    return ServiceTable.of(services.list(), slices.list());
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
