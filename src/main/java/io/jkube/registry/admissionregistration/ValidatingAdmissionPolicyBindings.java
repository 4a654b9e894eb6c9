package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.HashSet;
import java.util.List;

/** ValidatingAdmissionPolicyBindings: where a policy holds, and what becomes of what it refuses. */
public final class ValidatingAdmissionPolicyBindings {
  private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "admissionregistration.k8s.io",
              "v1",
              "ValidatingAdmissionPolicyBinding",
              "validatingadmissionpolicybindings")
          .categories("api-extensions")
          .generation()
          .column("PolicyName", each -> text(each, "/spec/policyName"))
          .column("ParamRef", ValidatingAdmissionPolicyBindings::parameters)
          .ageColumn()
          .strategy(new BindingStrategy())
          .build();

  private ValidatingAdmissionPolicyBindings() {}

  private static String parameters(ObjectNode binding) {
    var reference = binding.at("/spec/paramRef");
    if (!reference.isObject()) {
      return "<unset>";
    }
    var namespace = text(reference, "/namespace");
    return (namespace.isEmpty() ? "*" : namespace) + "/" + text(reference, "/name");
  }

  private static final class BindingStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode binding) {
      MatchRules.applyDefaults(binding.at("/spec/matchResources"));
    }

    @Override
    public void validate(ObjectNode binding, Violations violations) {
      var spec = binding.path("spec");
      new Rules(violations).required(spec, "policyName", "spec");
      parameters(spec.path("paramRef"), violations);
      MatchRules.validateAll(spec.path("matchResources"), "spec.matchResources", violations);
      actions(spec, violations);
    }

    private static void parameters(JsonNode reference, Violations violations) {
      if (!reference.isObject()) {
        return;
      }
      boolean named = !text(reference, "/name").isEmpty();
      boolean selected = reference.path("selector").isObject();
      if (named && selected) {
        violations.forbidden("spec.paramRef.name", "name and selector are mutually exclusive");
      } else if (!named && !selected) {
        violations.required("spec.paramRef", "one of name or selector must be specified");
      }
      Selectors.validate(reference.path("selector"), "spec.paramRef.selector", violations);
      if (text(reference, "/parameterNotFoundAction").isEmpty()) {
        violations.required("spec.paramRef.parameterNotFoundAction", "");
      }
      new Rules(violations)
          .oneOf(reference, "parameterNotFoundAction", "spec.paramRef", List.of("Deny", "Allow"));
    }

    private static void actions(JsonNode spec, Violations violations) {
      var actions = texts(spec, "/validationActions");
      if (actions.isEmpty()) {
        violations.required("spec.validationActions", "at least one validation action is required");
      }
      for (int i = 0; i < actions.size(); i++) {
        if (!ACTIONS.contains(actions.get(i))) {
          violations.notSupported("spec.validationActions[" + i + "]", actions.get(i), ACTIONS);
        }
      }
      if (new HashSet<>(actions).containsAll(List.of("Deny", "Warn"))) {
        violations.invalid(
            "spec.validationActions",
            spec.get("validationActions"),
            "must not contain both Deny and Warn (repeating the same validation failure information"
                + " in the API response and headers serves no purpose)");
      }
    }
  }
}
