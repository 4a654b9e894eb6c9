package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The bridge on which a cluster's pods are: made when it is not there, found by the cluster's label
 * when it is.
 *
 * @param subnet {@code 10.244.0.0/16}
 * @param gateway the engine's machine's own address in it
 * @param bridge the network interface of the engine's machine
 * @param folder of the cluster that made it, or empty
 */
public record PodNetwork(
    String id, String name, String subnet, String gateway, String bridge, String folder) {
  private static final int BRIDGE_ID_LENGTH = 12;

  static PodNetwork in(Engine engine, String cluster, ClusterSettings settings) {
    return existing(engine, cluster).orElseGet(() -> make(engine, cluster, settings));
  }

  static Optional<PodNetwork> existing(Engine engine, String cluster) {
    for (var network :
        engine.get("/networks?filters=" + Labels.filter(Labels.CLUSTER + "=" + cluster))) {
      return Optional.of(of(network));
    }
    return Optional.empty();
  }

  /** Another cluster may take a subnet between our look and our request: then the next will do. */
  private static PodNetwork make(Engine engine, String cluster, ClusterSettings settings) {
    RuntimeFailure last = null;
    for (var subnet : Subnet.parse(settings.podSubnet()).free(taken(engine))) {
      try {
        engine.post("/networks/create", request(cluster, subnet, settings.folder()));
        return existing(engine, cluster).orElseThrow();
      } catch (RuntimeFailure refused) {
        if (!refused.getMessage().contains("verlap")) {
          throw refused;
        }
        last = refused;
      }
    }
    throw new RuntimeFailure(
        RuntimeFailure.Kind.REFUSED,
        "no free /16 network from 10.200.0.0 to 10.255.0.0 is left in the engine"
            + " (docker network ls; docker network prune)",
        last);
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode request(
      String cluster, Subnet subnet, String folder) {
    var request =
        Json.object()
            .put("Name", "jkube-" + cluster)
            .put("Driver", "bridge")
            .put("CheckDuplicate", true);
    request.putObject("IPAM").putArray("Config").addObject().put("Subnet", subnet.toString());
    request.putObject("Options").put("com.docker.network.bridge.enable_icc", "true");
    request.putObject("Labels").put(Labels.CLUSTER, cluster).put(Labels.FOLDER, folder);
    return request;
  }

  private static ArrayList<Subnet> taken(Engine engine) {
    var taken = new ArrayList<Subnet>();
    for (var network : engine.get("/networks")) {
      for (var config : network.path("IPAM").path("Config")) {
        var subnet = config.path("Subnet").asText();
        if (subnet.indexOf('.') > 0) {
          taken.add(Subnet.parse(subnet));
        }
      }
    }
    return taken;
  }

  private static PodNetwork of(JsonNode network) {
    var config = network.path("IPAM").path("Config").path(0);
    var id = network.path("Id").asText();
    return new PodNetwork(
        id,
        network.path("Name").asText(),
        config.path("Subnet").asText(),
        gateway(config),
        "br-" + id.substring(0, Math.min(BRIDGE_ID_LENGTH, id.length())),
        network.path("Labels").path(Labels.FOLDER).asText());
  }

  /** An engine that chose it itself may not tell: it takes the first address. */
  private static String gateway(JsonNode config) {
    var told = config.path("Gateway").asText();
    var subnet = config.path("Subnet").asText();
    int network = subnet.indexOf(".0/");
    return told.isEmpty() && network > 0 ? subnet.substring(0, network) + ".1" : told;
  }
}
