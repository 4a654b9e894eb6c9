package io.jkube.api;

import java.util.Objects;

/**
 * A kind of object at one version: {@code apps/v1 Deployment}. The core group is the empty string.
 */
public record GroupVersionKind(String group, String version, String kind) {
  public GroupVersionKind {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(kind, "kind");
  }

  /** {@code v1} for the core group, else {@code group/version}: the value of {@code apiVersion}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Reads {@code apiVersion} and {@code kind} as they stand in an object. */
  public static GroupVersionKind of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return slash < 0
        ? new GroupVersionKind("", apiVersion, kind)
        : new GroupVersionKind(
            apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  @Override
  public String toString() {
    return apiVersion() + ", Kind=" + kind;
  }
}
