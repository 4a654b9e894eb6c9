package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the EndpointSlices of every service that selects pods. */
public final class EndpointSliceController implements Reconciler {
  public static final String NAME = "endpointslice-controller";

  /** As the label of its slices names it. */
  static final String MANAGER = "endpointslice-controller.k8s.io";

  private static final int WORKERS = 5;
  private static final String ZONE = "topology.kubernetes.io/zone";

  private final SliceWriter writer;
  private final Informer<ObjectNode> services;
  private final Informer<ObjectNode> pods;
  private final Informer<ObjectNode> nodes;

  private EndpointSliceController(ApiClient client, SharedInformers informers) {
    this.writer = new SliceWriter(client, MANAGER);
    this.services = informers.of(Resources.SERVICES);
    this.pods = informers.of(Resources.PODS);
    this.nodes = informers.of(Resources.NODES);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new EndpointSliceController(client, informers);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .follow(controller.services, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(controller.pods, new SelectingServices(controller.services, runner))
        .follow(controller.nodes, ObjectHandler.onEvery((key, any) -> {}))
        .follow(informers.of(Resources.ENDPOINT_SLICES), new SlicesTouched(MANAGER, runner));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var service = services.get(key).orElse(null);
    // Without a service, its slices go with their owner.
    if (service != null && ServiceLabels.hasSelector(service)) {
      if (ServiceLabels.isExternalName(service)) {
        writer.deleteAll(key);
      } else {
        writer.carryOut(SlicePlan.of(owner(service), writer.slicesOf(key), wanted(service)));
      }
    }
    return Result.done();
  }

  private static SliceOwner owner(ObjectNode service) {
    var labels = ServiceLabels.inherited(service);
    labels.put(ServiceLabels.SERVICE_NAME, service.at("/metadata/name").asText());
    labels.put(ServiceLabels.SLICE_MANAGED_BY, MANAGER);
    if (ServiceLabels.isHeadless(service)) {
      labels.put(ServiceLabels.HEADLESS, "");
    }
    return new SliceOwner(ServiceLabels.SERVICE_KIND, service, labels);
  }

  private Map<String, Map<ArrayNode, List<ObjectNode>>> wanted(ObjectNode service) {
    var selected =
        pods.list(service.at("/metadata/namespace").asText()).stream()
            .filter(pod -> SelectingServices.selects(service, pod))
            .sorted(Comparator.comparing(pod -> pod.at("/metadata/name").asText()))
            .map(BackendPod::new)
            .toList();
    var endpoints = new PodEndpoints(service, this::zoneOf);
    var byFamily = new LinkedHashMap<String, Map<ArrayNode, List<ObjectNode>>>();
    for (var family : AddressFamily.of(service)) {
      byFamily.put(family.text(), endpoints.of(selected, family));
    }
    return byFamily;
  }

  private String zoneOf(String node) {
    return nodes
        .get(ObjectKey.cluster(node))
        .map(found -> found.at("/metadata/labels").path(ZONE).asText())
        .orElse("");
  }
}
