package io.jkube.apiserver.audit;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.request.UserInfo;
import java.util.List;
import java.util.Set;

/** How much is noted of the requests it is about; an empty list means any. */
record AuditRule(
    Level level,
    List<String> users,
    List<String> groups,
    List<String> verbs,
    List<Resources> resources,
    List<String> namespaces,
    List<String> paths,
    Set<Stage> omitStages) {
  /** Resources of one API group. */
  record Resources(String group, List<String> resources, List<String> names) {
    boolean matches(Attributes what) {
      return group.equals(what.group())
          && (resources.isEmpty() || resources.stream().anyMatch(each -> isOf(each, what)))
          && (names.isEmpty() || names.contains(what.name()));
    }

    private static boolean isOf(String pattern, Attributes what) {
      boolean anySub = !what.subresource().isEmpty() && pattern.equals(what.resource() + "/*");
      boolean anyParent =
          !what.subresource().isEmpty() && pattern.equals("*/" + what.subresource());
      return pattern.equals("*") || pattern.equals(what.combinedResource()) || anySub || anyParent;
    }
  }

  static AuditRule of(ObjectNode rule) {
    return new AuditRule(
        Level.of(text(rule, "/level")),
        texts(rule, "/users"),
        texts(rule, "/userGroups"),
        texts(rule, "/verbs"),
        objects(rule, "/resources").stream()
            .map(
                each ->
                    new Resources(
                        text(each, "/group"),
                        texts(each, "/resources"),
                        texts(each, "/resourceNames")))
            .toList(),
        texts(rule, "/namespaces"),
        texts(rule, "/nonResourceURLs"),
        Stage.of(texts(rule, "/omitStages")));
  }

  boolean matches(UserInfo user, Attributes what) {
    return (users.isEmpty() || users.contains(user.name()))
        && (groups.isEmpty() || user.groups().stream().anyMatch(groups::contains))
        && (verbs.isEmpty() || verbs.contains(what.verb()))
        && (what.resourceRequest() ? matchesResource(what) : matchesPath(what.path()));
  }

  private boolean matchesResource(Attributes what) {
    if (!paths.isEmpty() && resources.isEmpty() && namespaces.isEmpty()) {
      return false; // it is about paths
    }
    return (namespaces.isEmpty() || namespaces.contains(what.namespace()))
        && (resources.isEmpty() || resources.stream().anyMatch(each -> each.matches(what)));
  }

  private boolean matchesPath(String path) {
    if (!resources.isEmpty() || !namespaces.isEmpty()) {
      return false; // it is about resources
    }
    return paths.isEmpty()
        || paths.stream()
            .anyMatch(
                each ->
                    each.endsWith("*")
                        ? path.startsWith(each.substring(0, each.length() - 1))
                        : path.equals(each));
  }
}
