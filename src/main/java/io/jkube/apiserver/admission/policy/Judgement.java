package io.jkube.apiserver.admission.policy;

import io.jkube.api.StatusReason;
import io.jkube.registry.cel.CelProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a validating policy finds wrong with a write.
 *
 * @param policy whose action it is
 */
record Judgement(Policy<Validations> policy, Evaluation evaluation) {
  /**
   * What is wrong; nothing where the policy is not about the write.
   *
   * @param annotations what to note in the audit log is added here, by its key
   */
  List<Decision> decide(Map<String, String> annotations) {
    try {
      if (!evaluation.concerned()) {
        return List.of();
      }
    } catch (CelProblem failed) {
      return List.of(Decision.failure(failed.getMessage()));
    }
    var wrong = new ArrayList<Decision>();
    var rules = policy.action().rules();
    for (int i = 0; i < rules.size(); i++) {
      check(rules.get(i), i, wrong);
    }
    annotate(annotations);
    return wrong;
  }

  private void check(Validations.Rule rule, int index, List<Decision> wrong) {
    try {
      if (!evaluation.evaluate(rule.rule()).truth()) {
        wrong.add(new Decision(words(rule), rule.reason(), index));
      }
    } catch (CelProblem failed) {
      if (!policy.failOpen()) {
        var why =
            "expression '%s' resulted in error: %s"
                .formatted(rule.rule().text(), failed.getMessage());
        wrong.add(new Decision(why, StatusReason.INVALID, index));
      }
    }
  }

  /** The expression's words, if it has some to say on one line, else the fixed ones. */
  private String words(Validations.Rule rule) {
    if (rule.words() != null) {
      try {
        var said = evaluation.evaluate(rule.words()).text().strip();
        if (!said.isEmpty() && !said.contains("\n")) {
          return said;
        }
      } catch (CelProblem unsaid) {
        // the fixed words are said instead
      }
    }
    return rule.message().isEmpty() ? "failed expression: " + rule.rule().text() : rule.message();
  }

  private void annotate(Map<String, String> annotations) {
    for (var each : policy.action().annotations()) {
      try {
        var value = evaluation.evaluate(each.value());
        if (!value.isNull() && !value.text().isBlank()) {
          annotations.merge(
              policy.name() + "/" + each.key(),
              value.text(),
              (one, other) -> one.equals(other) ? one : one + ", " + other);
        }
      } catch (CelProblem unsaid) {
        // the log does without it
      }
    }
  }
}
