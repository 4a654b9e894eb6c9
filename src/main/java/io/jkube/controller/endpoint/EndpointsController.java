package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the Endpoints of every service that selects pods, for clients older than slices. */
public final class EndpointsController implements Reconciler {
  public static final String NAME = "endpoint-controller";

  private static final int WORKERS = 5;
  private static final int MAX_ADDRESSES = 1000;
  private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

  private final ApiClient client;
  private final Informer<ObjectNode> services;
  private final Informer<ObjectNode> pods;
  private final Informer<ObjectNode> endpoints;

  private EndpointsController(ApiClient client, SharedInformers informers) {
    this.client = client;
    this.services = informers.of(Resources.SERVICES);
    this.pods = informers.of(Resources.PODS);
    this.endpoints = informers.of(Resources.ENDPOINTS);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new EndpointsController(client, informers);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .follow(controller.services, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(controller.pods, new SelectingServices(controller.services, runner))
        .follow(controller.endpoints, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var service = services.get(key);
    if (service.isEmpty()) {
      deleteOwn(key);
    } else if (ServiceLabels.hasSelector(service.get())
        && !ServiceLabels.isExternalName(service.get())) {
      put(key, wanted(service.get()));
    }
    return Result.done();
  }

  private void put(ObjectKey key, ObjectNode wanted) {
    var stored = endpoints.get(key);
    if (stored.isEmpty()) {
      create(wanted);
    } else if (!same(stored.get(), wanted)) {
      var next = stored.get().deepCopy();
      next.set("subsets", wanted.path("subsets"));
      next.withObject("/metadata").set("labels", wanted.at("/metadata/labels"));
      annotate(next, wanted.at("/metadata/annotations").has(OVER_CAPACITY));
      client.update(Resources.ENDPOINTS, next);
    }
  }

  /** Somebody may have been faster; the copy will show it and call again. */
  private void create(ObjectNode wanted) {
    try {
      client.create(Resources.ENDPOINTS, wanted);
    } catch (ApiException refused) {
      boolean moot =
          refused.reason() == StatusReason.ALREADY_EXISTS
              || refused.reason() == StatusReason.FORBIDDEN
                  && refused.getMessage().contains("being terminated");
      if (!moot) {
        throw refused;
      }
    }
  }

  private static boolean same(ObjectNode stored, ObjectNode wanted) {
    var subsets = stored.path("subsets");
    return (subsets.isEmpty() ? Json.array() : subsets).equals(wanted.path("subsets"))
        && stored.at("/metadata/labels").equals(wanted.at("/metadata/labels"))
        && stored.at("/metadata/annotations").has(OVER_CAPACITY)
            == wanted.at("/metadata/annotations").has(OVER_CAPACITY);
  }

  private static void annotate(ObjectNode object, boolean overCapacity) {
    if (overCapacity) {
      object.withObject("/metadata/annotations").put(OVER_CAPACITY, "truncated");
    } else if (object.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove(OVER_CAPACITY);
    }
  }

  private ObjectNode wanted(ObjectNode service) {
    var object = Json.object().put("apiVersion", "v1").put("kind", "Endpoints");
    object
        .putObject("metadata")
        .put("name", service.at("/metadata/name").asText())
        .put("namespace", service.at("/metadata/namespace").asText())
        .set("labels", labels(service));
    var candidates = candidates(service);
    annotate(object, candidates.size() > MAX_ADDRESSES);
    object.set("subsets", subsets(service, candidates));
    return object;
  }

  private static ObjectNode labels(ObjectNode service) {
    var labels = ServiceLabels.inherited(service);
    labels.put(ServiceLabels.ENDPOINTS_MANAGED_BY, NAME);
    if (ServiceLabels.isHeadless(service)) {
      labels.put(ServiceLabels.HEADLESS, "");
    }
    return labels;
  }

  /** A pod that ends is none any more, unless the service wants all it can get. */
  private List<BackendPod> candidates(ObjectNode service) {
    boolean anyway = service.at("/spec/publishNotReadyAddresses").asBoolean();
    return pods.list(service.at("/metadata/namespace").asText()).stream()
        .filter(pod -> SelectingServices.selects(service, pod))
        .sorted(Comparator.comparing(pod -> pod.at("/metadata/name").asText()))
        .map(BackendPod::new)
        .filter(pod -> !pod.hasEnded() && pod.hasAddress() && (anyway || !pod.isTerminating()))
        .toList();
  }

  private static ArrayNode subsets(ObjectNode service, List<BackendPod> pods) {
    boolean anyway = service.at("/spec/publishNotReadyAddresses").asBoolean();
    var family = AddressFamily.of(service).getFirst();
    var subsets = new Subsets();
    for (var pod : pods.subList(0, Math.min(pods.size(), MAX_ADDRESSES))) {
      var ports = ports(service, pod);
      if (ports.isEmpty() && !service.at("/spec/ports").isEmpty()) {
        continue;
      }
      pod.addresses(family).stream()
          .findFirst()
          .ifPresent(ip -> subsets.add(address(service, pod, ip), anyway || pod.isReady(), ports));
    }
    return subsets.packed();
  }

  private static ObjectNode address(ObjectNode service, BackendPod pod, String ip) {
    var address = Json.object().put("ip", ip);
    pod.hostnameIn(service).ifPresent(name -> address.put("hostname", name));
    if (!pod.nodeName().isEmpty()) {
      address.put("nodeName", pod.nodeName());
    }
    address.set("targetRef", pod.reference());
    return address;
  }

  private static List<ObjectNode> ports(ObjectNode service, BackendPod pod) {
    var ports = new ArrayList<ObjectNode>();
    for (var port : service.at("/spec/ports")) {
      pod.targetPort(port).ifPresent(number -> ports.add(port(port, number)));
    }
    return ports;
  }

  /** Unlike those of slices, a port without name has no name at all. */
  private static ObjectNode port(JsonNode port, int number) {
    var written = Json.object();
    if (!port.path("name").asText().isEmpty()) {
      written.set("name", port.get("name"));
    }
    written.put("port", number).put("protocol", port.path("protocol").asText("TCP"));
    if (port.has("appProtocol")) {
      written.set("appProtocol", port.get("appProtocol"));
    }
    return written;
  }

  /** Those of a service that is gone. What people made by hand stays theirs. */
  private void deleteOwn(ObjectKey key) {
    var stored = endpoints.get(key);
    if (stored.isPresent()
        && stored
            .get()
            .at("/metadata/labels")
            .path(ServiceLabels.ENDPOINTS_MANAGED_BY)
            .asText()
            .equals(NAME)) {
      try {
        client.resource(Resources.ENDPOINTS).delete(key);
      } catch (ApiException refused) {
        if (refused.reason() != StatusReason.NOT_FOUND) {
          throw refused;
        }
      }
    }
  }
}
