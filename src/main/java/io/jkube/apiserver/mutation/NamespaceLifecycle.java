package io.jkube.apiserver.mutation;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import java.util.Set;

/** Nothing comes to be in a namespace that is not there or is on its way out. */
final class NamespaceLifecycle {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  private final ObjectStore objects;

  NamespaceLifecycle(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * @param name of the object to be created
   * @throws ApiException NotFound or Forbidden
   */
  void admitCreate(ResourceCall call, String name) {
    if (!call.definition().namespaced()) {
      return;
    }
    var key = ObjectKey.cluster(call.namespace());
    var namespace =
        objects
            .get(Resources.NAMESPACES, key)
            .orElseThrow(() -> ApiException.notFound(Resources.NAMESPACES, call.namespace()));
    if (namespace.tree().path("metadata").has("deletionTimestamp")) {
      throw terminating(call, name);
    }
  }

  private static ApiException terminating(ResourceCall call, String name) {
    var details = Json.object().put("name", name);
    if (!call.resource().group().isEmpty()) {
      details.put("group", call.resource().group());
    }
    details.put("kind", call.resource().resource());
    details
        .putArray("causes")
        .addObject()
        .put("reason", "NamespaceTerminating")
        .put("message", "namespace " + call.namespace() + " is being terminated")
        .put("field", "metadata.namespace");
    return new ApiException(
        StatusReason.FORBIDDEN,
        call.resource().groupResource()
            + " \""
            + name
            + "\" is forbidden: unable to create new content in namespace "
            + call.namespace()
            + " because it is being terminated",
        details);
  }

  /**
   * @throws ApiException Forbidden for the namespaces that the system needs
   */
  void admitDelete(ResourceCall call, ObjectKey key) {
    if (call.resource().equals(Resources.NAMESPACES) && IMMORTAL.contains(key.name())) {
      throw new ApiException(
          StatusReason.FORBIDDEN,
          "namespaces \"" + key.name() + "\" is forbidden: this namespace may not be deleted",
          Json.object().put("name", key.name()).put("kind", "namespaces"));
    }
  }
}
