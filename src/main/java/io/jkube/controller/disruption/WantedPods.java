package io.jkube.controller.disruption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.Scales;
import io.jkube.controller.runtime.SharedInformers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many pods the controllers of some pods want: of the built-in kinds from the shared copies, of
 * all others as their {@code scale} says.
 */
final class WantedPods {
  private static final GroupVersionResource DEPLOYMENTS =
      new GroupVersionResource("apps", "v1", "deployments");

  /** By kind of the owner. */
  private static final Map<String, GroupVersionResource> BUILT_IN =
      Map.of(
          "ReplicationController", new GroupVersionResource("", "v1", "replicationcontrollers"),
          "ReplicaSet", new GroupVersionResource("apps", "v1", "replicasets"),
          "StatefulSet", new GroupVersionResource("apps", "v1", "statefulsets"));

  private final Scales scales;
  private final Map<String, Informer<ObjectNode>> builtIn = new HashMap<>();
  private final Informer<ObjectNode> deployments;

  WantedPods(ApiClient client, SharedInformers informers) {
    this.scales = new Scales(client);
    this.deployments = informers.of(DEPLOYMENTS);
    BUILT_IN.forEach((kind, resource) -> builtIn.put(kind, informers.of(resource)));
  }

  List<Informer<ObjectNode>> copies() {
    var copies = new ArrayList<>(builtIn.values());
    copies.add(deployments);
    return copies;
  }

  /**
   * Pods that nobody controls count for nothing.
   *
   * @throws ApiException when a controller does not say how many it wants
   */
  int of(List<ObjectNode> pods) {
    var counted = new HashMap<String, Integer>();
    for (var pod : pods) {
      var owner = ControllerRef.of(pod);
      if (owner.isPresent() && !counted.containsKey(owner.get().path("uid").asText())) {
        count(pod.path("metadata").path("namespace").asText(), owner.get(), counted);
      }
    }
    return counted.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void count(String namespace, JsonNode owner, Map<String, Integer> counted) {
    var uid = owner.path("uid").asText();
    var copy = builtIn.get(owner.path("kind").asText());
    if (copy == null || !isBuiltIn(owner)) {
      counted.put(uid, replicas(scales.get(namespace, owner)));
      return;
    }
    var set = copy.get(key(namespace, owner)).filter(each -> uid(each).equals(uid));
    if (set.isEmpty()) {
      return;
    }
    var deployment = deployment(namespace, set.get());
    counted.put(uid, deployment.isPresent() ? 0 : replicas(set.get()));
    deployment.ifPresent(each -> counted.put(uid(each), replicas(each)));
  }

  private static boolean isBuiltIn(JsonNode owner) {
    var resource = BUILT_IN.get(owner.path("kind").asText());
    var kind = new GroupVersionKind(resource.group(), resource.version(), "");
    return kind.apiVersion().equals(owner.path("apiVersion").asText());
  }

  private Optional<ObjectNode> deployment(String namespace, ObjectNode set) {
    return ControllerRef.of(set)
        .filter(ref -> ref.path("kind").asText().equals("Deployment"))
        .flatMap(
            ref ->
                deployments
                    .get(key(namespace, ref))
                    .filter(each -> uid(each).equals(ref.path("uid").asText())));
  }

  private static ObjectKey key(String namespace, JsonNode reference) {
    return new ObjectKey(namespace, reference.path("name").asText());
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText();
  }

  private static int replicas(JsonNode object) {
    return object.path("spec").path("replicas").asInt();
  }
}
