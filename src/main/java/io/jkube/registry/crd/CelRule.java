package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;
import io.jkube.registry.structural.Structural;
import java.util.Map;
import java.util.Optional;

/**
 * A rule of {@code x-kubernetes-validations}, ready to be held against values. Thread-safe.
 *
 * @param message null where the rule's own text says what is wrong
 * @param optionalOld whether the rule also holds where there was nothing before
 * @param transition whether the rule is about a change
 */
record CelRule(
    JsonNode source,
    String type,
    CelProgram program,
    CelProgram message,
    boolean optionalOld,
    boolean transition) {
  private static final String SELF = "self";
  private static final String OLD_SELF = "oldSelf";

  /**
   * @param whole whether the value is an object with apiVersion, kind and metadata
   * @throws CelProblem when an expression cannot be read
   */
  static CelRule read(JsonNode source, Structural schema, boolean whole) {
    boolean optional = source.path("optionalOldSelf").asBoolean();
    var environment = environment(source, schema, whole);
    var program = environment.compile(Tree.text(source, "/rule"), ResultType.BOOL);
    var words = Tree.text(source, "/messageExpression");
    var message = words.isEmpty() ? null : environment.compile(words, ResultType.STRING);
    boolean transition = program.uses(OLD_SELF);
    return new CelRule(source, schema.type(), program, message, optional, transition);
  }

  static CelEnvironment environment(JsonNode source, Structural schema, boolean whole) {
    var builder = CelEnvironment.builder().variable(SELF, schema, whole);
    return (source.path("optionalOldSelf").asBoolean()
            ? builder.optional(OLD_SELF, schema, whole)
            : builder.variable(OLD_SELF, schema, whole))
        .build();
  }

  /** Whether there is something to judge: what did not change was judged before. */
  boolean applies(JsonNode value, JsonNode old) {
    return transition ? old != null || optionalOld : !value.equals(old);
  }

  /**
   * Adds what the value breaks.
   *
   * @throws CelProblem BUDGET
   */
  void check(JsonNode value, JsonNode old, String path, CelBudget budget, Violations violations) {
    var variables = variables(value, old);
    try {
      if (!program.evaluate(variables, budget).truth()) {
        add(said(variables, budget), place(path), violations);
      }
    } catch (CelProblem problem) {
      switch (problem.kind()) {
        case BUDGET -> throw problem;
        case CALL_COST ->
            add(
                "'%s': no further validation rules will be run due to call cost exceeds limit for rule: %s"
                    .formatted(problem.getMessage(), text()),
                path,
                violations);
        case EVALUATION, COMPILATION ->
            add(problem.getMessage() + " evaluating rule: " + text(), path, violations);
      }
    }
  }

  private Map<String, Object> variables(JsonNode value, JsonNode old) {
    if (optionalOld) {
      return Map.of(SELF, value, OLD_SELF, Optional.ofNullable(old));
    }
    return old == null ? Map.of(SELF, value) : Map.of(SELF, value, OLD_SELF, old);
  }

  private String text() {
    return Tree.text(source, "/rule").strip();
  }

  /** The expression's words, if it has some to say on one line, else the fixed ones. */
  private String said(Map<String, Object> variables, CelBudget budget) {
    if (message != null) {
      try {
        var words = message.evaluate(variables, budget).text().strip();
        if (!words.isEmpty() && !words.contains("\n")) {
          return words;
        }
      } catch (CelProblem unsaid) {
        if (unsaid.kind() == CelProblem.Kind.BUDGET) {
          throw unsaid;
        }
      }
    }
    var fixed = Tree.text(source, "/message").strip();
    return fixed.isEmpty() ? "failed rule: " + text().replaceAll("\\s+", " ") : fixed;
  }

  private String place(String path) {
    var below = Tree.text(source, "/fieldPath").replace("['", "[").replace("']", "]");
    return path.isEmpty() && below.startsWith(".") ? below.substring(1) : path + below;
  }

  private void add(String detail, String path, Violations violations) {
    var at = path.isEmpty() ? "<nil>" : path;
    switch (Tree.text(source, "/reason")) {
      case "FieldValueRequired" -> violations.required(at, detail);
      case "FieldValueForbidden" -> violations.forbidden(at, detail);
      case "FieldValueDuplicate" -> violations.duplicate(at, type);
      default -> violations.invalid(at, type, detail);
    }
  }
}
