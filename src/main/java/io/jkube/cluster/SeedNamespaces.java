package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
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
    for (var name : NAMESPACES) {
      Seeds.ensure(parts.api(), Resources.NAMESPACES, namespace(name));
    }
  }

  private static ObjectNode namespace(String name) {
    var namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    return namespace;
  }
}
