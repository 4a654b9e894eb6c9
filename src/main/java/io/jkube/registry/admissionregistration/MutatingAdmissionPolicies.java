package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.ResultType;
import io.jkube.registry.validation.Rules;
import java.util.List;

/** MutatingAdmissionPolicies: changes to what is written, in CEL. */
public final class MutatingAdmissionPolicies {
  private static final List<String> PATCH_TYPES = List.of("ApplyConfiguration", "JSONPatch");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "admissionregistration.k8s.io",
              "v1beta1",
              "MutatingAdmissionPolicy",
              "mutatingadmissionpolicies")
          .categories("api-extensions")
          .generation()
          .column(TableColumn.integer("Mutations", each -> each.at("/spec/mutations").size()))
          .column("ParamKind", PolicyRules::parametersColumn)
          .ageColumn()
          .strategy(new PolicyStrategy())
          .build();

  private MutatingAdmissionPolicies() {}

  private static final class PolicyStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode policy) {
      PolicyRules.applyDefaults(policy);
    }

    @Override
    public void validate(ObjectNode policy, Violations violations) {
      var rules = new PolicyRules(policy, MatchRules.CHANGING_OPERATIONS, violations);
      rules.validate();
      var mutations = objects(rules.spec(), "/mutations");
      if (mutations.isEmpty()) {
        violations.required("spec.mutations", "mutations must contain at least one item");
      }
      for (int i = 0; i < mutations.size(); i++) {
        mutation(mutations.get(i), "spec.mutations[" + i + "]", rules, violations);
      }
      var fields = new Rules(violations);
      fields.required(rules.spec(), "reinvocationPolicy", "spec");
      fields.oneOf(rules.spec(), "reinvocationPolicy", "spec", List.of("IfNeeded", "Never"));
    }

    private static void mutation(
        ObjectNode mutation, String at, PolicyRules rules, Violations violations) {
      if (!new Rules(violations).required(mutation, "patchType", at)) {
        return;
      }
      switch (text(mutation, "/patchType")) {
        case "ApplyConfiguration" -> {
          expression(mutation, "applyConfiguration", at, ResultType.APPLY_CONFIGURATION, rules);
          absent(mutation, "jsonPatch", at, violations);
        }
        case "JSONPatch" -> {
          expression(mutation, "jsonPatch", at, ResultType.JSON_PATCH, rules);
          absent(mutation, "applyConfiguration", at, violations);
        }
        case String other -> violations.notSupported(at + ".patchType", other, PATCH_TYPES);
      }
    }

    private static void expression(
        ObjectNode mutation, String field, String at, ResultType wanted, PolicyRules rules) {
      if (mutation.path(field).isObject()) {
        rules.expression(mutation.path(field), "expression", at + "." + field, wanted);
      } else {
        rules.missing(
            at + "." + field,
            "must be specified when patchType is " + text(mutation, "/patchType"));
      }
    }

    private static void absent(
        ObjectNode mutation, String field, String at, Violations violations) {
      if (mutation.path(field).isObject()) {
        violations.invalid(
            at + "." + field,
            "{" + field + "}",
            "must not be specified when patchType is " + text(mutation, "/patchType"));
      }
    }
  }
}
