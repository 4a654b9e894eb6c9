package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.StatusReason;
import io.jkube.registry.cel.ResultType;
import java.util.List;

/** What must hold of a write, and what of it is to be noted. */
record Validations(List<Rule> rules, List<Annotation> annotations) {
  /**
   * @param message empty for the rule's own text
   * @param words an expression that says what is wrong; null without
   */
  record Rule(Expression rule, String message, Expression words, StatusReason reason) {}

  /** Something for the audit log. */
  record Annotation(String key, Expression value) {}

  static Validations of(JsonNode spec, Scope scope) {
    return new Validations(
        objects(spec, "/validations").stream().map(each -> rule(each, scope)).toList(),
        objects(spec, "/auditAnnotations").stream().map(each -> annotation(each, scope)).toList());
  }

  private static Annotation annotation(ObjectNode each, Scope scope) {
    var value = text(each, "/valueExpression");
    return new Annotation(
        text(each, "/key"), new Expression(value, ResultType.OPTIONAL_STRING, scope));
  }

  private static Rule rule(ObjectNode each, Scope scope) {
    var words = text(each, "/messageExpression");
    var reason = StatusReason.of(text(each, "/reason"));
    return new Rule(
        new Expression(text(each, "/expression"), ResultType.BOOL, scope),
        text(each, "/message").strip(),
        words.isEmpty() ? null : new Expression(words, ResultType.STRING, scope),
        reason == StatusReason.UNKNOWN ? StatusReason.INVALID : reason);
  }
}
