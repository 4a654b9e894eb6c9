package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
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
          .column("ParamRef", BindingRules::parametersColumn)
          .ageColumn()
          .strategy(new BindingStrategy())
          .build();

  private ValidatingAdmissionPolicyBindings() {}

  private static final class BindingStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode binding) {
      BindingRules.applyDefaults(binding);
    }

    @Override
    public void validate(ObjectNode binding, Violations violations) {
      BindingRules.validate(binding, MatchRules.ALL_OPERATIONS, violations);
      actions(binding.path("spec"), violations);
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
        if (actions.indexOf(actions.get(i)) < i) {
          violations.duplicate("spec.validationActions[" + i + "]", actions.get(i));
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
