package io.jkube.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One policy's expressions over one write, with one object of parameters. One thread's. */
final class Evaluation {
  private final Policy policy;
  private final Map<String, Object> values;
  private final CelBudget budget = CelBudget.usual();

  /**
   * @param values {@code object}, {@code oldObject}, {@code request}, {@code namespaceObject}
   */
  Evaluation(Policy policy, Map<String, Object> values, JsonNode parameters) {
    this.policy = policy;
    this.values = new HashMap<>(values);
    this.values.put("params", parameters);
    this.values.put("variables", CelValue.ofFields(Map.of()));
  }

  /**
   * What is wrong; nothing where the policy is not about the write.
   *
   * @param annotations what to note in the audit log is added here, by its key
   */
  List<Decision> decide(Map<String, String> annotations) {
    try {
      if (!policy.conditions().match(() -> values)) {
        return List.of();
      }
    } catch (CelProblem failed) {
      return List.of(Decision.failure(failed.getMessage()));
    }
    setVariables();
    var wrong = new ArrayList<Decision>();
    for (int i = 0; i < policy.validations().size(); i++) {
      check(policy.validations().get(i), i, wrong);
    }
    annotate(annotations);
    return wrong;
  }

  /** One that fails is not there: who uses it fails, too. */
  private void setVariables() {
    var variables = new LinkedHashMap<String, CelValue>();
    for (var each : policy.variables()) {
      try {
        variables.put(each.name(), each.expression().evaluate(values, budget));
        values.put("variables", CelValue.ofFields(variables));
      } catch (CelProblem failed) {
        if (budget.isSpent()) {
          return;
        }
      }
    }
  }

  private void check(Policy.Validation validation, int index, List<Decision> wrong) {
    try {
      if (!validation.rule().evaluate(values, budget).truth()) {
        wrong.add(new Decision(words(validation), validation.reason(), index));
      }
    } catch (CelProblem failed) {
      if (!policy.failOpen()) {
        wrong.add(
            new Decision(
                "expression '%s' resulted in error: %s"
                    .formatted(validation.rule().text(), failed.getMessage()),
                io.jkube.api.StatusReason.INVALID,
                index));
      }
    }
  }

  /** The expression's words, if it has some to say on one line, else the fixed ones. */
  private String words(Policy.Validation validation) {
    if (validation.words() != null) {
      try {
        var said = validation.words().evaluate(values, budget).text().strip();
        if (!said.isEmpty() && !said.contains("\n")) {
          return said;
        }
      } catch (CelProblem unsaid) {
        // the fixed words are said instead
      }
    }
    return validation.message().isEmpty()
        ? "failed expression: " + validation.rule().text()
        : validation.message();
  }

  private void annotate(Map<String, String> annotations) {
    for (var each : policy.auditAnnotations()) {
      try {
        var value = each.expression().evaluate(values, budget);
        if (!value.isNull() && !value.text().isBlank()) {
          annotations.merge(
              policy.name() + "/" + each.name(),
              value.text(),
              (one, other) -> one.equals(other) ? one : one + ", " + other);
        }
      } catch (CelProblem unsaid) {
        // the log does without it
      }
    }
  }
}
