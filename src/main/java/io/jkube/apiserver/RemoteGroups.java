package io.jkube.apiserver;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.registry.StoredObjects;

/** Group versions that another server is to serve, by their APIServices. */
record RemoteGroups(StoredObjects objects) {
  /** What to answer to a request for a resource that is not served here. */
  ApiException refusal(GroupVersionResource resource) {
    var name = ObjectKey.cluster(resource.version() + "." + resource.group());
    boolean remote =
        objects
            .get(Resources.API_SERVICES, name)
            .filter(service -> service.at("/spec/service").isObject())
            .isPresent();
    return remote
        ? new ApiException(StatusReason.SERVICE_UNAVAILABLE, "service unavailable")
        : Dispatch.unknownResource();
  }
}
