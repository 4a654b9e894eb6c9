package io.jkube.registry.rbac;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Strategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.List;

/** What both kinds of bindings have in common: subjects that get the rights of a role. */
record BindingStrategy(boolean namespaced) implements Strategy {
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<String> SUBJECT_KINDS = List.of("ServiceAccount", "User", "Group");

  @Override
  public void applyDefaults(ObjectNode binding) {
    if (binding.get("roleRef") instanceof ObjectNode reference) {
      Tree.putIfEmpty(reference, "apiGroup", GROUP);
    }
    for (var subject : objects(binding, "/subjects")) {
      if (!text(subject, "/kind").equals("ServiceAccount")) {
        Tree.putIfEmpty(subject, "apiGroup", GROUP);
      }
    }
  }

  @Override
  public void validate(ObjectNode binding, Violations violations) {
    var reference = binding.path("roleRef");
    if (!text(reference, "/apiGroup").equals(GROUP)) {
      violations.notSupported("roleRef.apiGroup", text(reference, "/apiGroup"), List.of(GROUP));
    }
    var kinds = namespaced ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
    if (!kinds.contains(text(reference, "/kind"))) {
      violations.notSupported("roleRef.kind", text(reference, "/kind"), kinds);
    }
    if (text(reference, "/name").isEmpty()) {
      violations.required("roleRef.name", "");
    }
    NameRule.PATH_SEGMENT
        .violations(text(reference, "/name"))
        .forEach(why -> violations.invalid("roleRef.name", text(reference, "/name"), why));
    var subjects = objects(binding, "/subjects");
    for (int i = 0; i < subjects.size(); i++) {
      validateSubject(subjects.get(i), "subjects[" + i + "]", violations);
    }
  }

  private void validateSubject(ObjectNode subject, String path, Violations violations) {
    var name = text(subject, "/name");
    if (name.isEmpty()) {
      violations.required(path + ".name", "");
    }
    var group = text(subject, "/apiGroup");
    switch (text(subject, "/kind")) {
      case "ServiceAccount" -> {
        if (!name.isEmpty()) {
          NameRule.DNS_SUBDOMAIN
              .violations(name)
              .forEach(why -> violations.invalid(path + ".name", name, why));
        }
        if (!group.isEmpty()) {
          violations.notSupported(path + ".apiGroup", group, List.of(""));
        }
        if (!namespaced && text(subject, "/namespace").isEmpty()) {
          violations.required(path + ".namespace", "");
        }
      }
      case "User", "Group" -> {
        if (!group.equals(GROUP)) {
          violations.notSupported(path + ".apiGroup", group, List.of(GROUP));
        }
      }
      case String other -> violations.notSupported(path + ".kind", other, SUBJECT_KINDS);
    }
  }

  @Override
  public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    if (!updated.path("roleRef").equals(current.path("roleRef"))) {
      violations.invalid("roleRef", updated.path("roleRef"), "cannot change roleRef");
    }
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public NameRule nameRule() {
    return NameRule.PATH_SEGMENT;
  }

  static String role(ObjectNode binding) {
    return text(binding, "/roleRef/kind") + "/" + text(binding, "/roleRef/name");
  }

  /** The names of the subjects of one kind, for {@code -o wide}. */
  static String names(ObjectNode binding, String kind) {
    var names =
        objects(binding, "/subjects").stream()
            .filter(subject -> text(subject, "/kind").equals(kind))
            .map(
                subject ->
                    kind.equals("ServiceAccount")
                        ? text(subject, "/namespace") + "/" + text(subject, "/name")
                        : text(subject, "/name"))
            .toList();
    return String.join(", ", names);
  }
}
