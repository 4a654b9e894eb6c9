package io.jkube.registry.admissionregistration;

import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;

/** Reads the {@code matchConditions} of webhooks. The language is loaded with the first of them. */
public final class AdmissionExpressions {
  private AdmissionExpressions() {}

  private static final class Holder {
    static final CelEnvironment ENVIRONMENT = ofRequest().authorizer().build();
  }

  /** What every expression about a write may use. */
  static CelEnvironment.Builder ofRequest() {
    return CelEnvironment.builder()
        .variable("object")
        .variable("oldObject")
        .plain("request", RequestSchemas.REQUEST)
        .plain("namespaceObject", RequestSchemas.NAMESPACE);
  }

  /**
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read
   */
  public static CelProgram condition(String expression) {
    return Holder.ENVIRONMENT.compile(expression, ResultType.BOOL);
  }
}
