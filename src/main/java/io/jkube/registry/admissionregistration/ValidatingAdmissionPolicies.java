package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.ResultType;
import io.jkube.registry.validation.Rules;
import java.util.List;

/** ValidatingAdmissionPolicies: rules for writes, in CEL. Does not look into the expressions. */
public final class ValidatingAdmissionPolicies {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "admissionregistration.k8s.io",
              "v1",
              "ValidatingAdmissionPolicy",
              "validatingadmissionpolicies")
          .categories("api-extensions")
          .subresources("status")
          .generation()
          .column(TableColumn.integer("Validations", each -> each.at("/spec/validations").size()))
          .column("ParamKind", ValidatingAdmissionPolicies::parameters)
          .ageColumn()
          .strategy(new PolicyStrategy())
          .build();

  private ValidatingAdmissionPolicies() {}

  private static String parameters(ObjectNode policy) {
    var kind = policy.at("/spec/paramKind");
    return kind.isObject() ? text(kind, "/apiVersion") + "/" + text(kind, "/kind") : "<unset>";
  }

  private static final class PolicyStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode policy) {
      var spec = child(policy, "spec");
      putIfEmpty(spec, "failurePolicy", "Fail");
      MatchRules.applyDefaults(spec.path("matchConstraints"));
    }

    @Override
    public void validate(ObjectNode policy, Violations violations) {
      var spec = policy.path("spec");
      var rules = new Rules(violations);
      rules.oneOf(spec, "failurePolicy", "spec", List.of("Fail", "Ignore"));
      if (spec.path("paramKind").isObject()) {
        rules.required(spec.path("paramKind"), "apiVersion", "spec.paramKind");
        rules.required(spec.path("paramKind"), "kind", "spec.paramKind");
      }
      match(spec, violations);
      if (spec.path("validations").isEmpty() && spec.path("auditAnnotations").isEmpty()) {
        violations.required(
            "spec.validations", "validations or auditAnnotations must contain at least one item");
      }
      expressions(spec, "validations", "expression", ResultType.BOOL, violations);
      expressions(spec, "variables", "expression", ResultType.ANY, violations);
      expressions(spec, "auditAnnotations", "valueExpression", ResultType.ANY, violations);
      for (var named : List.of("variables/name", "auditAnnotations/key")) {
        names(spec, named.split("/")[0], named.split("/")[1], rules);
      }
      ExpressionRules.conditions(
          spec,
          "spec.matchConditions",
          each -> AdmissionExpressions.policy(each, ResultType.BOOL),
          violations);
    }

    private static void match(JsonNode spec, Violations violations) {
      var match = spec.path("matchConstraints");
      if (!match.isObject()) {
        violations.required("spec.matchConstraints", "");
        return;
      }
      MatchRules.validateAll(match, "spec.matchConstraints", violations);
      if (match.path("resourceRules").isEmpty()) {
        violations.required("spec.matchConstraints.resourceRules", "");
      }
    }

    private static void expressions(
        JsonNode spec, String list, String field, ResultType wanted, Violations violations) {
      int index = 0;
      for (var each : objects(spec, "/" + list)) {
        var at = "spec." + list + "[" + index++ + "]";
        ExpressionRules.expression(
            each, field, at, text -> AdmissionExpressions.policy(text, wanted), violations);
        if (each.hasNonNull("messageExpression")) {
          ExpressionRules.expression(
              each,
              "messageExpression",
              at,
              text -> AdmissionExpressions.policy(text, ResultType.STRING),
              violations);
        }
      }
    }

    private static void names(JsonNode spec, String list, String field, Rules rules) {
      int index = 0;
      for (var each : objects(spec, "/" + list)) {
        rules.required(each, field, "spec." + list + "[" + index++ + "]");
      }
    }
  }
}
