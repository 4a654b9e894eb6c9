package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.admission.match.Conditions;
import io.jkube.registry.admissionregistration.AdmissionExpressions;
import io.jkube.registry.cel.ResultType;
import java.util.List;

/**
 * What must hold of writes.
 *
 * @param failOpen whether a write goes on for which an expression cannot be evaluated
 * @param variables each may use those before it
 * @param parameters the kind of the parameters; null without
 */
record Policy(
    String name,
    MatchResources match,
    Conditions conditions,
    boolean failOpen,
    List<Named> variables,
    List<Validation> validations,
    List<Named> auditAnnotations,
    ParameterKind parameters) {
  /** An expression with a name. */
  record Named(String name, Expression expression) {}

  /** Of what kind the parameters are. */
  record ParameterKind(String apiVersion, String kind) {}

  /**
   * @param words an expression that says what is wrong; null without
   */
  record Validation(Expression rule, String message, Expression words, StatusReason reason) {}

  static Policy of(ObjectNode policy) {
    var spec = policy.path("spec");
    boolean failOpen = text(spec, "/failurePolicy").equals("Ignore");
    var kind = spec.path("paramKind");
    return new Policy(
        text(policy, "/metadata/name"),
        MatchResources.of(spec.path("matchConstraints")),
        Conditions.of(spec, each -> AdmissionExpressions.policy(each, ResultType.BOOL), failOpen),
        failOpen,
        objects(spec, "/variables").stream()
            .map(each -> named(each, "/name", "/expression"))
            .toList(),
        objects(spec, "/validations").stream().map(Policy::validation).toList(),
        objects(spec, "/auditAnnotations").stream()
            .map(each -> named(each, "/key", "/valueExpression"))
            .toList(),
        kind.isObject() ? new ParameterKind(text(kind, "/apiVersion"), text(kind, "/kind")) : null);
  }

  private static Named named(ObjectNode each, String name, String expression) {
    return new Named(text(each, name), new Expression(text(each, expression), ResultType.ANY));
  }

  private static Validation validation(ObjectNode each) {
    var words = text(each, "/messageExpression");
    var reason = StatusReason.of(text(each, "/reason"));
    return new Validation(
        new Expression(text(each, "/expression"), ResultType.BOOL),
        text(each, "/message").strip(),
        words.isBlank() ? null : new Expression(words, ResultType.STRING),
        reason == StatusReason.UNKNOWN ? StatusReason.INVALID : reason);
  }
}
