package io.jkube.network.forward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.Patch;
import io.jkube.network.ServiceInformers;
import io.jkube.network.TableConsumer;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a service of type LoadBalancer its address, once {@link LoopbackProxy} has its ports.
 * Stands behind the proxy in the list of consumers. For one thread.
 */
public final class LoadBalancers implements TableConsumer, AutoCloseable {
  /** The controller's name, as upstream's has it. */
  public static final String NAME = "service-controller";

  private static final String ADDRESS = "127.0.0.1";

  private final ApiClient client;
  private final ServiceInformers informers;
  private final LoopbackProxy proxy;
  private final EventRecorder events;

  /** Of which obstacle it was told last. */
  private final Map<ObjectKey, String> told = new HashMap<>();

  public LoadBalancers(
      ApiClient client, ServiceInformers informers, LoopbackProxy proxy, InstantSource clock) {
    this.client = client;
    this.informers = informers;
    this.proxy = proxy;
    this.events = new EventRecorder(client, clock, NAME, "");
  }

  @Override
  public boolean accept(ServiceTable table) throws IOException {
    try {
      for (var service : informers.services()) {
        look(service);
      }
      return true;
    } catch (ApiException refused) {
      throw new IOException("the status of a load balancer: " + refused.getMessage(), refused);
    }
  }

  @Override
  public void close() {
    events.close();
  }

  private void look(ObjectNode service) {
    var key = Json.key(service);
    var obstacle = proxy.obstacle(key);
    boolean balanced = ServiceTable.isBalanced(service);
    boolean has = service.at("/status/loadBalancer/ingress/0/ip").asText().equals(ADDRESS);
    boolean shouldHave = balanced && obstacle == null;
    boolean others = service.at("/spec").has("loadBalancerClass");
    if (has != shouldHave && !others) {
      write(key, shouldHave);
      if (shouldHave) {
        events.normal(about(service), "EnsuredLoadBalancer", "Ensured load balancer");
      }
    }
    if (obstacle == null) {
      told.remove(key);
    } else if (!obstacle.equals(told.put(key, obstacle))) {
      tell(service, obstacle, balanced);
    }
  }

  private void write(ObjectKey key, boolean address) {
    var balancer = Json.object();
    if (address) {
      balancer.putArray("ingress").addObject().put("ip", ADDRESS).put("ipMode", "Proxy");
    } else {
      balancer.putNull("ingress");
    }
    var patch = Json.object();
    patch.putObject("status").set("loadBalancer", balancer);
    client.patch(Resources.SERVICES, key, "status", Patch.merge(patch));
  }

  private void tell(ObjectNode service, String obstacle, boolean balanced) {
    if (balanced) {
      var text = "Error syncing load balancer: " + obstacle;
      events.warning(about(service), "SyncLoadBalancerFailed", text);
    } else {
      events.warning(about(service), "PortNotOpened", obstacle);
    }
  }

  private static ObjectReference about(ObjectNode service) {
    return ObjectReference.to("v1", "Service", service);
  }
}
