package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.ResultType;
import io.jkube.registry.validation.Rules;
import java.util.List;

/** ValidatingAdmissionPolicies: rules for writes, in CEL. */
public final class ValidatingAdmissionPolicies {
  private static final int MAX_AUDIT_ANNOTATIONS = 20;
  private static final List<String> REASONS =
      List.of("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized");

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
          .column("ParamKind", PolicyRules::parametersColumn)
          .ageColumn()
          .strategy(new PolicyStrategy())
          .build();

  private ValidatingAdmissionPolicies() {}

  private static final class PolicyStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode policy) {
      PolicyRules.applyDefaults(policy);
    }

    @Override
    public void validate(ObjectNode policy, Violations violations) {
      var rules = new PolicyRules(policy, MatchRules.ALL_OPERATIONS, violations);
      rules.validate();
      var spec = rules.spec();
      if (spec.path("validations").isEmpty() && spec.path("auditAnnotations").isEmpty()) {
        var why = "validations or auditAnnotations must contain at least one item";
        violations.required("spec.validations", why);
        violations.required("spec.auditAnnotations", why);
      }
      validations(rules, violations);
      annotations(text(policy, "/metadata/name"), rules, violations);
    }

    private static void validations(PolicyRules rules, Violations violations) {
      int index = 0;
      for (var each : objects(rules.spec(), "/validations")) {
        var at = "spec.validations[" + index++ + "]";
        rules.expression(each, "expression", at, ResultType.BOOL);
        if (each.hasNonNull("messageExpression")) {
          rules.messageExpression(each, "messageExpression", at);
        }
        message(text(each, "/message"), at + ".message", violations);
        new Rules(violations).oneOf(each, "reason", at, REASONS);
      }
    }

    private static void message(String message, String at, Violations violations) {
      if (!message.isEmpty() && message.isBlank()) {
        violations.invalid(at, message, "message must be non-empty if specified");
      } else if (message.strip().contains("\n")) {
        violations.invalid(at, message, "message must not contain line breaks");
      }
    }

    private static void annotations(String name, PolicyRules rules, Violations violations) {
      var annotations = objects(rules.spec(), "/auditAnnotations");
      if (annotations.size() > MAX_AUDIT_ANNOTATIONS) {
        violations.invalid(
            "spec.auditAnnotations",
            rules.spec().get("auditAnnotations"),
            "must not have more than " + MAX_AUDIT_ANNOTATIONS + " auditAnnotations");
      }
      for (int i = 0; i < annotations.size(); i++) {
        var at = "spec.auditAnnotations[" + i + "]";
        rules.annotationKey(name, text(annotations.get(i), "/key"), at + ".key");
        rules.expression(annotations.get(i), "valueExpression", at, ResultType.OPTIONAL_STRING);
      }
      new Rules(violations).unique(annotations, "key", "spec.auditAnnotations");
    }
  }
}
