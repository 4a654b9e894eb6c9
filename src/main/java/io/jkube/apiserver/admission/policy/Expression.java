package io.jkube.apiserver.admission.policy;

import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;

/** An expression of a policy, read when it is first evaluated. Thread-safe. */
final class Expression {
  private final String text;
  private final ResultType wanted;
  private final Scope scope;
  private volatile CelProgram program;

  Expression(String text, ResultType wanted, Scope scope) {
    this.text = text;
    this.wanted = wanted;
    this.scope = scope;
  }

  String text() {
    return text.strip();
  }

  /**
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read
   */
  CelProgram program() {
    var known = program;
    if (known == null) {
      known = scope.read(text, wanted);
      program = known;
    }
    return known;
  }
}
