package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;
import io.jkube.registry.cel.cost.SchemaSizes;
import io.jkube.registry.structural.Structural;

/**
 * Holds the rules of one schema against what rules must be: expressions that can be read, and that
 * cost no more than upstream allows. One thread's.
 */
final class RuleValidation {
  /** As often as there may be. */
  private static final long UNBOUNDED = -1;

  private final Violations violations;
  private final RuleCosts costs;

  private RuleValidation(Violations violations) {
    this.violations = violations;
    this.costs = new RuleCosts(violations);
  }

  /**
   * @param path of the schema
   */
  static void validate(Structural schema, String path, Violations violations) {
    if (CelRules.has(schema.source())) {
      var validation = new RuleValidation(violations);
      validation.place(schema, true, path, 1);
      validation.costs.total(path);
    }
  }

  /**
   * @param times how often a value of the schema can stand in an object
   */
  private void place(Structural schema, boolean whole, String path, long times) {
    if (schema == null || !CelRules.has(schema.source())) {
      return;
    }
    int index = 0;
    for (var rule : schema.source().path(CelRules.FIELD)) {
      var at = path + "." + CelRules.FIELD + "[" + index++ + "]";
      rule(rule, schema, whole || schema.embedded(), at, times);
    }
    long children = SchemaSizes.children(schema);
    long inside = times == UNBOUNDED || children == UNBOUNDED ? UNBOUNDED : times * children;
    schema
        .properties()
        .forEach((name, each) -> place(each, false, path + ".properties[" + name + "]", inside));
    place(schema.items(), false, path + ".items", inside);
    place(schema.additional(), false, path + ".additionalProperties", inside);
  }

  private void rule(JsonNode rule, Structural schema, boolean whole, String path, long times) {
    var expression = rule.path("rule").asText().strip();
    if (expression.isEmpty()) {
      violations.required(path + ".rule", "rule is not specified");
      return;
    }
    message(rule.path("message").asText(), expression, path + ".message");
    long often = times == UNBOUNDED ? SchemaSizes.most(schema) : times;
    var read = read(rule, schema, whole, "rule", ResultType.BOOL, path);
    if (read != null) {
      costs.add(path + ".rule", "estimated rule cost", read.maxCost(schema), often);
    }
    if (read != null && !rule.path("messageExpression").asText().isEmpty()) {
      var words = read(rule, schema, whole, "messageExpression", ResultType.STRING, path);
      if (words != null) {
        costs.add(
            path + ".messageExpression",
            "estimated messageExpression cost",
            words.maxCost(schema),
            often);
      }
    }
  }

  private void message(String message, String expression, String path) {
    if (message.contains("\n")) {
      violations.invalid(path, message, "message must not contain line breaks");
    } else if (expression.contains("\n") && message.isBlank()) {
      violations.required(path, "message must be specified if rule contains line breaks");
    }
  }

  /** Null for what is none. */
  private CelProgram read(
      JsonNode rule,
      Structural schema,
      boolean whole,
      String field,
      ResultType wanted,
      String path) {
    try {
      return CelRule.environment(rule, schema, whole).compile(rule.path(field).asText(), wanted);
    } catch (CelProblem unreadable) {
      violations.invalid(path + "." + field, rule, words(unreadable, field));
      return null;
    }
  }

  private static String words(CelProblem unreadable, String field) {
    return switch (unreadable.getMessage()) {
      case "must evaluate to bool" -> "cel expression must evaluate to a bool";
      case "must evaluate to string" -> field + " must evaluate to a string";
      case String other -> other;
    };
  }
}
