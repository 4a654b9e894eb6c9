package io.jkube.apiserver.resourcemetrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.discovery.OtherVersion;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.negotiate.ListQuery;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.registry.metrics.ResourceUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GET of what one node or pod uses, or all. What no kubelet tells of is not there. */
public final class ResourceMetrics implements Verb {
  private static final int PRIORITY = 100;

  private final SettledKind nodes;
  private final SettledKind pods;
  private final Summaries summaries;
  private final Presenter presenter;

  public ResourceMetrics(ObjectStore objects, KubeletConnection kubelets, Presenter presenter) {
    this.nodes = objects.settled(Resources.NODES);
    this.pods = objects.settled(Resources.PODS);
    this.summaries = new Summaries(kubelets);
    this.presenter = presenter;
  }

  /** What discovery says of it. */
  public static OtherVersion discovered() {
    var list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", ResourceUse.GROUP + "/" + ResourceUse.VERSION);
    var resources = list.putArray("resources");
    for (var definition : ResourceUse.ALL) {
      var entry = resources.addObject().put("name", definition.resource().resource());
      entry
          .put("singularName", "")
          .put("namespaced", definition.namespaced())
          .put("kind", definition.kind().kind());
      entry.putArray("verbs").add("get").add("list");
    }
    return new OtherVersion(ResourceUse.GROUP, ResourceUse.VERSION, PRIORITY, PRIORITY, list, true);
  }

  @Override
  public Reply handle(ResourceCall call) {
    var name = call.info().name();
    if (name.isEmpty()) {
      return call.ok(presenter.list(call, all(call)));
    }
    var found = ofNodes(call) ? node(name) : pod(call.key());
    return call.ok(
        presenter.object(
            call,
            new TreeDocument(
                found.orElseThrow(() -> ApiException.notFound(call.resource(), name)))));
  }

  private static boolean ofNodes(ResourceCall call) {
    return call.definition() == ResourceUse.NODES;
  }

  private Optional<ObjectNode> node(String name) {
    return nodes
        .get(ObjectKey.cluster(name))
        .flatMap(
            node ->
                Optional.ofNullable(summaries.of(List.of(name)).get(name))
                    .map(summary -> nodeMetrics(node.tree(), summary)));
  }

  private Optional<ObjectNode> pod(ObjectKey key) {
    var pod = pods.get(key).map(StoredObject::tree);
    return pod.flatMap(found -> podMetrics(List.of(found)).stream().findFirst());
  }

  private List<ObjectNode> all(ResourceCall call) {
    var selection = ListQuery.selection(call);
    var kind = ofNodes(call) ? nodes : pods;
    var selected =
        kind.list(call.namespace()).stream()
            .map(StoredObject::tree)
            .filter(each -> selection.labels().matches(each.at("/metadata/labels")))
            .filter(
                each ->
                    selection
                        .fields()
                        .matches(field -> each.at("/" + field.replace('.', '/')).asText()))
            .toList();
    return ofNodes(call) ? nodeMetrics(selected) : podMetrics(selected);
  }

  private List<ObjectNode> nodeMetrics(List<ObjectNode> selected) {
    var told = summaries.of(selected.stream().map(ResourceMetrics::name).toList());
    return selected.stream()
        .filter(node -> told.containsKey(name(node)))
        .map(node -> nodeMetrics(node, told.get(name(node))))
        .toList();
  }

  private static ObjectNode nodeMetrics(ObjectNode node, JsonNode summary) {
    var metrics = metrics("NodeMetrics", node, summary);
    write(metrics, summary.path("node"));
    return metrics;
  }

  private List<ObjectNode> podMetrics(List<ObjectNode> selected) {
    var told = summaries.of(selected.stream().map(ResourceMetrics::nodeOf).distinct().toList());
    Map<String, ObjectNode> byUid = new HashMap<>();
    selected.forEach(pod -> byUid.put(pod.at("/metadata/uid").asText(), pod));
    var found = new ArrayList<ObjectNode>();
    for (var summary : told.values()) {
      for (var use : summary.path("pods")) {
        var pod = byUid.get(use.at("/podRef/uid").asText());
        if (pod != null) {
          var metrics = metrics("PodMetrics", pod, summary);
          var containers = metrics.putArray("containers");
          for (var container : use.path("containers")) {
            write(containers.addObject().put("name", container.path("name").asText()), container);
          }
          found.add(metrics);
        }
      }
    }
    return found;
  }

  private static ObjectNode metrics(String kind, ObjectNode of, JsonNode summary) {
    var metrics = Json.object().put("kind", kind);
    metrics.put("apiVersion", ResourceUse.GROUP + "/" + ResourceUse.VERSION);
    var metadata = metrics.putObject("metadata").put("name", name(of));
    for (var field : List.of("namespace", "labels")) {
      if (of.path("metadata").has(field)) {
        metadata.set(field, of.path("metadata").get(field).deepCopy());
      }
    }
    metadata.set("creationTimestamp", summary.at("/node/cpu/time"));
    metrics.set("timestamp", summary.at("/node/cpu/time"));
    metrics.put("window", summary.at("/node/windowSeconds").asLong() + "s");
    return metrics;
  }

  private static void write(ObjectNode entry, JsonNode use) {
    ResourceUse.write(
        entry, use.at("/cpu/usageNanoCores").asLong(), use.at("/memory/workingSetBytes").asLong());
  }

  private static String name(ObjectNode object) {
    return object.at("/metadata/name").asText();
  }

  private static String nodeOf(ObjectNode pod) {
    return pod.at("/spec/nodeName").asText();
  }
}
