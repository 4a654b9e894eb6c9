package io.jkube.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.volume.TokenSource;
import io.jkube.kubelet.volume.VolumeFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What pods need from the API server: Services from a copy kept current, the rest asked for when a
 * container is made.
 */
final class ApiObjects implements ObjectLookup, TokenSource, AutoCloseable {
  private static final Duration FIRST_LIST = Duration.ofSeconds(5);

  private static final GroupVersionResource RUNTIME_CLASSES =
      new GroupVersionResource("node.k8s.io", "v1", "runtimeclasses");

  private final ApiClient client;
  private final Informer<ObjectNode> services;

  ApiObjects(ApiClient client) {
    this.client = client;
    this.services = Informer.of(client, Resources.SERVICES).build().start();
  }

  @Override
  public Optional<ObjectNode> configMap(String namespace, String name) {
    return find(Resources.CONFIG_MAPS, namespace, name);
  }

  @Override
  public Optional<ObjectNode> secret(String namespace, String name) {
    return find(Resources.SECRETS, namespace, name);
  }

  @Override
  public Optional<ObjectNode> claim(String namespace, String name) {
    return find(Resources.VOLUME_CLAIMS, namespace, name);
  }

  @Override
  public Optional<ObjectNode> volume(String name) {
    return find(Resources.VOLUMES, "", name);
  }

  @Override
  public Optional<ObjectNode> runtimeClass(String name) {
    return find(RUNTIME_CLASSES, "", name);
  }

  private Optional<ObjectNode> find(GroupVersionResource resource, String namespace, String name) {
    return client.find(resource, new ObjectKey(namespace, name));
  }

  @Override
  public List<ObjectNode> services(String namespace) {
    try {
      services.awaitSynced(FIRST_LIST);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return services.list(namespace).stream()
        .sorted(Comparator.comparing(service -> service.at("/metadata/name").asText()))
        .toList();
  }

  @Override
  public Optional<Token> token(Request wanted) {
    var request =
        Json.object().put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    var spec = request.putObject("spec").put("expirationSeconds", wanted.expirationSeconds());
    var audiences = spec.putArray("audiences");
    if (!wanted.audience().isEmpty()) {
      audiences.add(wanted.audience());
    }
    spec.putObject("boundObjectRef")
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("name", wanted.podName())
        .put("uid", wanted.podUid());
    var key = new ObjectKey(wanted.namespace(), wanted.serviceAccount());
    try {
      var answer = client.create(Resources.SERVICE_ACCOUNTS, key, "token", request);
      var status = answer.path("status");
      var expires = Timestamps.parse(status.path("expirationTimestamp").asText());
      return Optional.of(new Token(status.path("token").asText(), expires));
    } catch (ApiException failure) {
      return switch (failure.reason()) {
        case NOT_FOUND, METHOD_NOT_ALLOWED, NOT_IMPLEMENTED -> Optional.empty();
        default -> throw new VolumeFailure("failed to fetch token: " + failure.getMessage());
      };
    }
  }

  @Override
  public void close() {
    services.close();
  }
}
