package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.List;

/** Which writes something has a say in. */
final class MatchRules {
  static final List<String> ALL_OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");

  /** Those that have an object to change. */
  static final List<String> CHANGING_OPERATIONS = List.of("*", "CONNECT", "CREATE", "UPDATE");

  private MatchRules() {}

  /** Fills in what a policy, or its binding, matches. */
  static void applyDefaults(JsonNode match) {
    if (match instanceof ObjectNode resources) {
      Tree.putIfEmpty(resources, "matchPolicy", "Equivalent");
      Tree.child(resources, "namespaceSelector");
      Tree.child(resources, "objectSelector");
      for (var list : List.of("/resourceRules", "/excludeResourceRules")) {
        objects(resources, list).forEach(rule -> Tree.putIfEmpty(rule, "scope", "*"));
      }
    }
  }

  static void validateAll(
      JsonNode match, String at, List<String> operations, Violations violations) {
    new Rules(violations).oneOf(match, "matchPolicy", at, List.of("Equivalent", "Exact"));
    Selectors.validate(match.path("namespaceSelector"), at + ".namespaceSelector", violations);
    Selectors.validate(match.path("objectSelector"), at + ".objectSelector", violations);
    for (var list : List.of("resourceRules", "excludeResourceRules")) {
      int index = 0;
      for (var rule : objects(match, "/" + list)) {
        validate(rule, at + "." + list + "[" + index++ + "]", operations, violations);
      }
    }
  }

  static void validate(ObjectNode rule, String at, List<String> supported, Violations violations) {
    for (var field : List.of("operations", "apiGroups", "apiVersions", "resources")) {
      var values = texts(rule, "/" + field);
      if (values.isEmpty()) {
        violations.required(at + "." + field, "");
      }
      if (values.contains("*") && values.size() > 1 && !field.equals("resources")) {
        violations.invalid(
            at + "." + field,
            rule.get(field),
            "if '*' is present, must not specify other " + words(field));
      }
    }
    var operations = texts(rule, "/operations");
    for (int i = 0; i < operations.size(); i++) {
      if (!supported.contains(operations.get(i))) {
        violations.notSupported(at + ".operations[" + i + "]", operations.get(i), supported);
      }
    }
    new Rules(violations).oneOf(rule, "scope", at, List.of("*", "Cluster", "Namespaced"));
  }

  private static String words(String field) {
    return switch (field) {
      case "apiGroups" -> "API groups";
      case "apiVersions" -> "API versions";
      default -> field;
    };
  }
}
