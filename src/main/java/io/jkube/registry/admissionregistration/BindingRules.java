package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.List;

/** What the bindings of validating and of mutating policies have in common. */
final class BindingRules {
  private BindingRules() {}

  static void applyDefaults(ObjectNode binding) {
    MatchRules.applyDefaults(binding.at("/spec/matchResources"));
  }

  static String parametersColumn(ObjectNode binding) {
    var reference = binding.at("/spec/paramRef");
    if (!reference.isObject()) {
      return "<unset>";
    }
    var namespace = text(reference, "/namespace");
    return (namespace.isEmpty() ? "*" : namespace) + "/" + text(reference, "/name");
  }

  /**
   * @param operations that a binding of its kind may be about
   */
  static void validate(ObjectNode binding, List<String> operations, Violations violations) {
    var spec = binding.path("spec");
    new Rules(violations).name(spec, "policyName", "spec", NameRule.DNS_SUBDOMAIN);
    parameters(spec.path("paramRef"), violations);
    MatchRules.validateAll(
        spec.path("matchResources"), "spec.matchResources", operations, violations);
  }

  private static void parameters(JsonNode reference, Violations violations) {
    if (!reference.isObject()) {
      return;
    }
    boolean named = !text(reference, "/name").isEmpty();
    boolean selected = reference.path("selector").isObject();
    if (named && selected) {
      var why = "name and selector are mutually exclusive";
      violations.forbidden("spec.paramRef.name", why);
      violations.forbidden("spec.paramRef.selector", why);
    } else if (!named && !selected) {
      violations.required("spec.paramRef", "one of name or selector must be specified");
    }
    Selectors.validate(reference.path("selector"), "spec.paramRef.selector", violations);
    var rules = new Rules(violations);
    rules.required(reference, "parameterNotFoundAction", "spec.paramRef");
    rules.oneOf(reference, "parameterNotFoundAction", "spec.paramRef", List.of("Deny", "Allow"));
  }
}
