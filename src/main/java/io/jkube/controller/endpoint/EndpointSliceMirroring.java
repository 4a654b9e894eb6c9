package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes slices of Endpoints that people write for services without selector. */
public final class EndpointSliceMirroring implements Reconciler {
  public static final String NAME = "endpointslicemirroring-controller";

  /** As the label of its slices names it. */
  static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

  private static final int WORKERS = 2;
  private static final int MAX_ADDRESSES_PER_SUBSET = 1000;
  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

  private final SliceWriter writer;
  private final Informer<ObjectNode> services;
  private final Informer<ObjectNode> endpoints;

  private EndpointSliceMirroring(ApiClient client, SharedInformers informers) {
    this.writer = new SliceWriter(client, MANAGER);
    this.services = informers.of(Resources.SERVICES);
    this.endpoints = informers.of(Resources.ENDPOINTS);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new EndpointSliceMirroring(client, informers);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .follow(controller.services, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(controller.endpoints, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(informers.of(Resources.ENDPOINT_SLICES), new SlicesTouched(MANAGER, runner));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var written = endpoints.get(key);
    var service = services.get(key);
    boolean mirrored =
        written.isPresent()
            && service.isPresent()
            && isMirrored(written.get())
            && !ServiceLabels.hasSelector(service.get());
    if (mirrored) {
      var source = written.get();
      writer.carryOut(SlicePlan.of(owner(source), writer.slicesOf(key), wanted(source)));
    } else {
      writer.deleteAll(key);
    }
    return Result.done();
  }

  private static boolean isMirrored(ObjectNode endpoints) {
    var metadata = endpoints.path("metadata");
    return !metadata.path("labels").path(ServiceLabels.SKIP_MIRROR).asText().equals("true")
        && !metadata.path("annotations").has(LEADER);
  }

  private static SliceOwner owner(ObjectNode endpoints) {
    var labels = ServiceLabels.inherited(endpoints);
    labels.put(ServiceLabels.SERVICE_NAME, endpoints.at("/metadata/name").asText());
    labels.put(ServiceLabels.SLICE_MANAGED_BY, MANAGER);
    return new SliceOwner(ServiceLabels.ENDPOINTS_KIND, endpoints, labels);
  }

  /** Only the families there are addresses of. */
  private static Map<String, Map<ArrayNode, List<ObjectNode>>> wanted(ObjectNode endpoints) {
    var wanted = new LinkedHashMap<String, Map<ArrayNode, List<ObjectNode>>>();
    for (var family : AddressFamily.values()) {
      for (var subset : endpoints.path("subsets")) {
        var found = addresses(subset, family);
        if (!found.isEmpty()) {
          wanted
              .computeIfAbsent(family.text(), f -> new LinkedHashMap<>())
              .computeIfAbsent(ports(subset), p -> new ArrayList<>())
              .addAll(found);
        }
      }
    }
    return wanted;
  }

  private static List<ObjectNode> addresses(JsonNode subset, AddressFamily family) {
    var found = new ArrayList<ObjectNode>();
    add(subset.path("addresses"), true, family, found);
    add(subset.path("notReadyAddresses"), false, family, found);
    return found;
  }

  private static void add(
      JsonNode addresses, boolean ready, AddressFamily family, List<ObjectNode> found) {
    for (var address : addresses) {
      if (family.has(address.path("ip").asText()) && found.size() < MAX_ADDRESSES_PER_SUBSET) {
        found.add(endpoint(address, ready));
      }
    }
  }

  private static ObjectNode endpoint(JsonNode address, boolean ready) {
    var endpoint = Json.object();
    endpoint.putArray("addresses").add(address.path("ip").asText());
    endpoint.putObject("conditions").put("ready", ready);
    for (var field : List.of("targetRef", "hostname", "nodeName")) {
      if (address.has(field)) {
        endpoint.set(field, address.get(field));
      }
    }
    return endpoint;
  }

  private static ArrayNode ports(JsonNode subset) {
    var ports = Json.array();
    for (var port : subset.path("ports")) {
      var written =
          ports
              .addObject()
              .put("name", port.path("name").asText())
              .put("protocol", port.path("protocol").asText("TCP"))
              .put("port", port.path("port").asInt());
      if (port.has("appProtocol")) {
        written.set("appProtocol", port.get("appProtocol"));
      }
    }
    return ports;
  }
}
