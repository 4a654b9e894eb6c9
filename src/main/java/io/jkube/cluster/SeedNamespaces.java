package io.jkube.cluster;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import java.util.List;
import java.util.Set;

/** Makes the four namespaces that every cluster has from the beginning. */
final class SeedNamespaces implements StartupStep {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");

  @Override
  public String title() {
    return "Seed the namespaces";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(BuildApi.class);
  }

  @Override
  public void start(Parts parts) {
    var api = parts.api();
    for (var name : NAMESPACES) {
      if (api.find(Resources.NAMESPACES, ObjectKey.cluster(name)).isEmpty()) {
        create(api, name);
      }
    }
  }

  private static void create(ApiClient api, String name) {
    var namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    try {
      api.create(Resources.NAMESPACES, namespace);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.ALREADY_EXISTS) {
        throw refused;
      }
    }
  }
}
