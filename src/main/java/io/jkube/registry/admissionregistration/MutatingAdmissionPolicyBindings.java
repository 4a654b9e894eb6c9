package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;

/** MutatingAdmissionPolicyBindings: where a policy changes what is written. */
public final class MutatingAdmissionPolicyBindings {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "admissionregistration.k8s.io",
              "v1beta1",
              "MutatingAdmissionPolicyBinding",
              "mutatingadmissionpolicybindings")
          .categories("api-extensions")
          .generation()
          .column("PolicyName", each -> text(each, "/spec/policyName"))
          .column("ParamRef", BindingRules::parametersColumn)
          .ageColumn()
          .strategy(new BindingStrategy())
          .build();

  private MutatingAdmissionPolicyBindings() {}

  private static final class BindingStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode binding) {
      BindingRules.applyDefaults(binding);
    }

    @Override
    public void validate(ObjectNode binding, Violations violations) {
      BindingRules.validate(binding, MatchRules.CHANGING_OPERATIONS, violations);
    }
  }
}
