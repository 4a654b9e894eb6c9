package io.jkube.apiserver.admission.policy;

import io.jkube.registry.admissionregistration.AdmissionExpressions;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.CelValue;
import io.jkube.registry.cel.ResultType;
import java.util.Map;

/** An expression of a policy, compiled when it is first evaluated. Thread-safe. */
final class Expression {
  private final String text;
  private final ResultType wanted;
  private volatile CelProgram program;

  Expression(String text, ResultType wanted) {
    this.text = text;
    this.wanted = wanted;
  }

  String text() {
    return text.strip();
  }

  /**
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read or evaluated
   */
  CelValue evaluate(Map<String, Object> variables, CelBudget budget) {
    var known = program;
    if (known == null) {
      known = AdmissionExpressions.policy(text, wanted);
      program = known;
    }
    return known.evaluate(variables, budget);
  }
}
