package io.jkube.apiserver.authz.rbac;

import io.jkube.apiserver.request.UserInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All ClusterRoleBindings as of one revision, by whom they are about. Immutable. */
final class ClusterBindings {
  final long version;
  private final Map<String, List<Binding>> byUser = new HashMap<>();
  private final Map<String, List<Binding>> byGroup = new HashMap<>();

  ClusterBindings(long version, List<Binding> all) {
    this.version = version;
    for (var binding : all) {
      for (var subject : binding.subjects()) {
        var index = subject.user() != null ? byUser : byGroup;
        var name = subject.user() != null ? subject.user() : subject.group();
        index.computeIfAbsent(name, any -> new ArrayList<>()).add(binding);
      }
    }
  }

  Set<Binding> of(UserInfo user) {
    var found = new LinkedHashSet<>(byUser.getOrDefault(user.name(), List.of()));
    for (var group : user.groups()) {
      found.addAll(byGroup.getOrDefault(group, List.of()));
    }
    return found;
  }
}
