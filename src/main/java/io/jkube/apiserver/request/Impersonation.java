package io.jkube.apiserver.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whom a caller wants to act as: the headers {@code Impersonate-User}, {@code -Group}, {@code -Uid}
 * and {@code -Extra-...} ("User impersonation" in the documentation of Kubernetes).
 *
 * @param user empty when only the other headers are there, which is an error
 */
public record Impersonation(
    String user, String uid, List<String> groups, Map<String, List<String>> extra) {
  public Impersonation {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(uid, "uid");
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }
}
