package io.jkube.controller;

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

/**
 * Every active namespace has a ConfigMap with the certificate that its pods know the API server by.
 * The names it works on are namespaces.
 */
final class RootCaPublisher implements Reconciler {
  static final String NAME = "root-ca-cert-publisher";

  private static final String CONFIG_MAP = "kube-root-ca.crt";
  private static final String ENTRY = "ca.crt";
  private static final String DESCRIPTION = "kubernetes.io/description";

  /** Upstream's words: people and tools find them in every namespace. */
  private static final String DESCRIPTION_TEXT =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage"
          + " is guaranteed across distributions of Kubernetes clusters.";

  private static final int WORKERS = 2;

  private final ApiClient client;
  private final String authority;
  private final Informer<ObjectNode> namespaces;
  private final Informer<ObjectNode> published;

  private RootCaPublisher(ApiClient client, SharedInformers informers, String authority) {
    this.client = client;
    this.authority = authority;
    this.namespaces = informers.of(Resources.NAMESPACES);
    this.published =
        Informer.of(client, Resources.CONFIG_MAPS).fields("metadata.name=" + CONFIG_MAP).build();
  }

  static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock, String authority) {
    var publisher = new RootCaPublisher(client, informers, authority);
    var runner = new ControllerRunner(NAME, publisher, WORKERS, clock);
    return runner
        .follow(publisher.namespaces, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .watch(
            publisher.published,
            ObjectHandler.onEvery(
                (key, any) -> runner.enqueue(ObjectKey.cluster(key.namespace()))));
  }

  @Override
  public Result reconcile(ObjectKey namespace) {
    if (namespaces.get(namespace).filter(NamespaceState::isActive).isEmpty()) {
      return Result.done();
    }
    var there = published.get(new ObjectKey(namespace.name(), CONFIG_MAP));
    if (there.isEmpty()) {
      var map = write(Json.object().put("apiVersion", "v1").put("kind", "ConfigMap"));
      map.withObject("/metadata").put("name", CONFIG_MAP).put("namespace", namespace.name());
      NamespaceState.createUnlessMoot(() -> client.create(Resources.CONFIG_MAPS, map));
    } else if (!isRight(there.get())) {
      client.update(Resources.CONFIG_MAPS, write(there.get().deepCopy()));
    }
    return Result.done();
  }

  private boolean isRight(ObjectNode map) {
    return map.path("data").size() == 1
        && map.path("data").path(ENTRY).asText().equals(authority)
        && map.at("/metadata/annotations").path(DESCRIPTION).asText().equals(DESCRIPTION_TEXT);
  }

  private ObjectNode write(ObjectNode map) {
    map.putObject("data").put(ENTRY, authority);
    map.withObject("/metadata/annotations").put(DESCRIPTION, DESCRIPTION_TEXT);
    return map;
  }
}
