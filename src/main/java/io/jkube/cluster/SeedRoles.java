package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.authz.rbac.BootstrapPolicy;
import io.jkube.apiserver.authz.rbac.Policies;
import io.jkube.apiserver.authz.rbac.PolicyUpdate;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Makes the roles and bindings that every cluster has, and gives those back what they lack that are
 * there. No part of this process may do anything before.
 */
final class SeedRoles implements StartupStep {
  private static final Map<String, GroupVersionResource> RESOURCES =
      Map.of(
          "ClusterRole", Policies.CLUSTER_ROLES,
          "ClusterRoleBinding", Policies.CLUSTER_BINDINGS,
          "Role", Policies.ROLES,
          "RoleBinding", Policies.BINDINGS);

  @Override
  public String title() {
    return "Seed the roles";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(SeedNamespaces.class);
  }

  @Override
  public void start(Parts parts) throws InterruptedException, ExecutionException {
    var api = parts.api();
    var found = new HashMap<String, Map<ObjectKey, ObjectNode>>();
    RESOURCES.forEach((kind, resource) -> found.put(kind, all(api, resource)));
    var writes = new ArrayList<Runnable>();
    for (var wanted : BootstrapPolicy.objects()) {
      var kind = wanted.path("kind").asText();
      var there = found.get(kind).get(Json.key(wanted));
      write(api, RESOURCES.get(kind), there, wanted).ifPresent(writes::add);
    }
    Seeds.write(writes);
  }

  private static Map<ObjectKey, ObjectNode> all(ApiClient api, GroupVersionResource resource) {
    var byKey = new HashMap<ObjectKey, ObjectNode>();
    api.list(resource, "", ListOptions.ALL)
        .items()
        .forEach(object -> byKey.put(Json.key(object), object));
    return byKey;
  }

  private static Optional<Runnable> write(
      ApiClient api, GroupVersionResource resource, ObjectNode there, ObjectNode wanted) {
    if (there == null) {
      return Optional.of(() -> Seeds.create(api, resource, wanted));
    }
    if (PolicyUpdate.bindsAnother(there, wanted)) {
      return Optional.of(() -> replace(api, resource, wanted));
    }
    return PolicyUpdate.of(there, wanted).map(next -> () -> Seeds.update(api, resource, next));
  }

  private static void replace(ApiClient api, GroupVersionResource resource, ObjectNode wanted) {
    api.delete(resource, Json.key(wanted), DeleteOptions.DEFAULT);
    Seeds.create(api, resource, wanted);
  }
}
