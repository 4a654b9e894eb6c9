package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.ResultType;
import io.jkube.registry.validation.Rules;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What validating and mutating policies have in common: all but what they do. */
final class PolicyRules {
  private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

  private final JsonNode spec;
  private final Violations violations;
  private final List<String> operations;

  /** Knows the policy's variables once {@link #validate} ran; made when the first is needed. */
  private PolicyExpressions expressions;

  /**
   * @param operations that a policy of its kind may be about
   */
  PolicyRules(ObjectNode policy, List<String> operations, Violations violations) {
    this.spec = policy.path("spec");
    this.operations = operations;
    this.violations = violations;
  }

  static void applyDefaults(ObjectNode policy) {
    var spec = child(policy, "spec");
    putIfEmpty(spec, "failurePolicy", "Fail");
    MatchRules.applyDefaults(spec.path("matchConstraints"));
  }

  static String parametersColumn(ObjectNode policy) {
    var kind = policy.at("/spec/paramKind");
    return kind.isObject() ? text(kind, "/apiVersion") + "/" + text(kind, "/kind") : "<unset>";
  }

  JsonNode spec() {
    return spec;
  }

  void validate() {
    new Rules(violations).oneOf(spec, "failurePolicy", "spec", List.of("Fail", "Ignore"));
    if (hasParameters()) {
      parameterKind(spec.path("paramKind"));
    }
    match();
    ExpressionRules.conditions(
        spec,
        "spec.matchConditions",
        each -> new PolicyExpressions(hasParameters()).read(each, ResultType.BOOL),
        violations);
    variables();
  }

  private boolean hasParameters() {
    return spec.path("paramKind").isObject();
  }

  private PolicyExpressions expressions() {
    if (expressions == null) {
      expressions = new PolicyExpressions(hasParameters());
    }
    return expressions;
  }

  private void parameterKind(JsonNode kind) {
    var rules = new Rules(violations);
    var at = "spec.paramKind";
    if (rules.required(kind, "apiVersion", at)) {
      var apiVersion = text(kind, "/apiVersion");
      if (apiVersion.split("/", -1).length > 2) {
        violations.invalid(
            at + ".apiVersion", apiVersion, "unexpected GroupVersion string: " + apiVersion);
      }
    }
    if (rules.required(kind, "kind", at)) {
      var name = text(kind, "/kind");
      var wrong = NameRule.DNS_1035_LABEL.violations(name.toLowerCase(Locale.ROOT));
      if (!wrong.isEmpty()) {
        violations.invalid(
            at + ".kind",
            name,
            "may have mixed case, but should otherwise match: " + String.join(",", wrong));
      }
    }
  }

  private void match() {
    var match = spec.path("matchConstraints");
    var at = "spec.matchConstraints";
    if (!match.isObject()) {
      violations.required(at, "");
      return;
    }
    MatchRules.validateAll(match, at, operations, violations);
    if (match.path("resourceRules").isEmpty()) {
      violations.required(at + ".resourceRules", "");
    }
  }

  private void variables() {
    int index = 0;
    for (var each : objects(spec, "/variables")) {
      var at = "spec.variables[" + index++ + "]";
      var name = text(each, "/name");
      if (name.isBlank()) {
        violations.required(at + ".name", "name is not specified");
      } else if (!IDENTIFIER.matcher(name).matches()) {
        violations.invalid(at + ".name", name, "name is not a valid CEL identifier");
      }
      ExpressionRules.expression(
          each, "expression", at, text -> expressions().declare(name, text), violations);
    }
  }

  /** An expression that must come to what is wanted. */
  void expression(JsonNode holder, String field, String at, ResultType wanted) {
    ExpressionRules.expression(
        holder, field, at, text -> expressions().read(text, wanted), violations);
  }

  /** An expression that says what is wrong. */
  void messageExpression(JsonNode holder, String field, String at) {
    ExpressionRules.expression(
        holder, field, at, text -> expressions().readMessage(text), violations);
  }

  void missing(String at, String why) {
    violations.required(at, why);
  }

  /** A name that stands after the policy's own and a slash. */
  void annotationKey(String policy, String key, String at) {
    LabelSyntax.keyViolations(policy + "/" + key)
        .forEach(why -> violations.invalid(at, policy + "/" + key, why));
  }
}
