package io.jkube.registry.admissionregistration;

import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads the expressions of one policy. A variable is known to those that are read after it. One
 * thread's while variables are declared.
 */
public final class PolicyExpressions {
  private final Supplier<CelEnvironment.Builder> request;
  private final Map<String, CelProgram> variables = new LinkedHashMap<>();
  private CelEnvironment environment;

  /**
   * @param parameters whether the policy has some
   */
  public PolicyExpressions(boolean parameters) {
    this(
        () ->
            parameters
                ? AdmissionExpressions.ofRequest().variable("params")
                : AdmissionExpressions.ofRequest());
  }

  /**
   * @param request makes what the expressions may use, but for rights and variables
   */
  PolicyExpressions(Supplier<CelEnvironment.Builder> request) {
    this.request = request;
    this.environment = environment(true);
  }

  private CelEnvironment environment(boolean rights) {
    var builder = request.get();
    if (rights) {
      builder.authorizer();
    }
    return builder.results("variables", variables).build();
  }

  /**
   * Makes a variable known.
   *
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read
   */
  public CelProgram declare(String name, String expression) {
    var program = environment.compile(expression, ResultType.ANY);
    variables.put(name, program);
    environment = environment(true);
    return program;
  }

  /**
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read
   */
  public CelProgram read(String expression, ResultType wanted) {
    return environment.compile(expression, wanted);
  }

  /**
   * Reads an expression that says what is wrong; it may not ask for rights.
   *
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read
   */
  public CelProgram readMessage(String expression) {
    return environment(false).compile(expression, ResultType.STRING);
  }
}
