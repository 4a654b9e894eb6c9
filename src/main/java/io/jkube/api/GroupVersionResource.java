package io.jkube.api;

import java.util.Objects;

/** A collection of objects at one version as it stands in a path: {@code apps/v1 deployments}. */
public record GroupVersionResource(String group, String version, String resource) {
  public GroupVersionResource {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(resource, "resource");
  }

  /** {@code v1} for the core group, else {@code group/version}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code pods}, or {@code deployments.apps}: how upstream's messages name a resource. */
  public String groupResource() {
    return group.isEmpty() ? resource : resource + "." + group;
  }

  /**
   * The path of the collection, without a trailing slash; {@code namespace} is empty for all or for
   * none.
   */
  public String path(String namespace) {
    var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return namespace.isEmpty()
        ? root + "/" + resource
        : root + "/namespaces/" + namespace + "/" + resource;
  }

  @Override
  public String toString() {
    return apiVersion() + ", Resource=" + resource;
  }
}
