package io.jkube.registry.admissionregistration;

import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;

/**
 * Reads the expressions of webhooks and policies, over the variables that each may use. The
 * language is loaded with the first of them.
 */
public final class AdmissionExpressions {
  private AdmissionExpressions() {}

  private static final class OfConditions {
    static final CelEnvironment ENVIRONMENT =
        CelEnvironment.builder()
            .variable("object")
            .variable("oldObject")
            .variable("request")
            .build();
  }

  private static final class OfPolicies {
    static final CelEnvironment ENVIRONMENT =
        CelEnvironment.builder()
            .variable("object")
            .variable("oldObject")
            .variable("request")
            .variable("params")
            .variable("namespaceObject")
            .variable("variables")
            .build();
  }

  /**
   * A {@code matchConditions} of a webhook.
   *
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read
   */
  public static CelProgram condition(String expression) {
    return OfConditions.ENVIRONMENT.compile(expression, ResultType.BOOL);
  }

  /**
   * An expression of a policy.
   *
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read
   */
  public static CelProgram policy(String expression, ResultType wanted) {
    return OfPolicies.ENVIRONMENT.compile(expression, wanted);
  }
}
