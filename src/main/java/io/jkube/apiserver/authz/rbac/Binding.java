package io.jkube.apiserver.authz.rbac;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authn.account.AccountName;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.registry.Tree;
import java.util.List;

/**
 * Gives subjects the rights of a role.
 *
 * @param namespace empty for a ClusterRoleBinding
 */
record Binding(
    String namespace, String name, String roleKind, String roleName, List<Subject> subjects) {
  /**
   * Who gets them.
   *
   * @param kind as it stands in the binding
   * @param user the user's name, or null for a group
   * @param group the group's name, or null for a user
   */
  record Subject(String kind, String shown, String user, String group) {
    boolean is(UserInfo who) {
      return user != null ? user.equals(who.name()) : who.groups().contains(group);
    }
  }

  static Binding of(ObjectNode binding) {
    var namespace = text(binding, "/metadata/namespace");
    return new Binding(
        namespace,
        text(binding, "/metadata/name"),
        text(binding, "/roleRef/kind"),
        text(binding, "/roleRef/name"),
        Tree.objects(binding, "/subjects").stream()
            .map(subject -> subject(subject, namespace))
            .filter(subject -> subject.user() != null || subject.group() != null)
            .toList());
  }

  private static Subject subject(ObjectNode subject, String namespace) {
    var kind = text(subject, "/kind");
    var name = text(subject, "/name");
    return switch (kind) {
      case "User" -> new Subject(kind, name, name, null);
      case "Group" -> new Subject(kind, name, null, name);
      case "ServiceAccount" -> {
        var own = text(subject, "/namespace").isEmpty() ? namespace : text(subject, "/namespace");
        yield new Subject(kind, name + "/" + own, new AccountName(own, name).user(), null);
      }
      default -> new Subject(kind, name, null, null);
    };
  }

  /** The subject that stands for this user; null when none does. */
  Subject subjectOf(UserInfo who) {
    for (var subject : subjects) {
      if (subject.is(who)) {
        return subject;
      }
    }
    return null;
  }

  /** By which right, as upstream says it. */
  String reason(Subject subject) {
    return "RBAC: allowed by %s \"%s\" of %s \"%s\" to %s \"%s\""
        .formatted(
            namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding",
            namespace.isEmpty() ? name : name + "/" + namespace,
            roleKind,
            roleName,
            subject.kind(),
            subject.shown());
  }
}
