package io.jkube.registry.rbac;

import static io.jkube.registry.Tree.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Violations;

/** What a rule must say: verbs, and either resources of groups or paths ("Using RBAC"). */
final class RuleValidation {
  private RuleValidation() {}

  static void validate(ObjectNode role, boolean namespaced, Violations violations) {
    var rules = objects(role, "/rules");
    for (int i = 0; i < rules.size(); i++) {
      validate(rules.get(i), "rules[" + i + "]", namespaced, violations);
    }
  }

  private static void validate(
      ObjectNode rule, String path, boolean namespaced, Violations violations) {
    if (rule.path("verbs").isEmpty()) {
      violations.required(path + ".verbs", "verbs must contain at least one value");
    }
    var urls = rule.path("nonResourceURLs");
    if (!urls.isEmpty()) {
      if (namespaced) {
        violations.invalid(
            path + ".nonResourceURLs", urls, "namespaced rules cannot apply to non-resource URLs");
      }
      if (!rule.path("apiGroups").isEmpty()
          || !rule.path("resources").isEmpty()
          || !rule.path("resourceNames").isEmpty()) {
        violations.invalid(
            path + ".nonResourceURLs",
            urls,
            "rules cannot apply to both regular resources and non-resource URLs");
      }
      return;
    }
    if (rule.path("apiGroups").isEmpty()) {
      violations.required(path + ".apiGroups", "resource rules must supply at least one api group");
    }
    if (rule.path("resources").isEmpty()) {
      violations.required(path + ".resources", "resource rules must supply at least one resource");
    }
  }
}
