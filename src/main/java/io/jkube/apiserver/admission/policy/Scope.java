package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.admissionregistration.PolicyExpressions;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the expressions of one policy may speak of: the request, its parameters, its variables. Read
 * when the first expression is. Thread-safe.
 */
final class Scope {
  private final boolean parameters;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private Map<String, CelProgram> programs;
  private PolicyExpressions expressions;

  /**
   * @param spec of the policy
   */
  Scope(JsonNode spec) {
    this.parameters = spec.path("paramKind").isObject();
    objects(spec, "/variables")
        .forEach(each -> variables.put(text(each, "/name"), text(each, "/expression")));
  }

  /**
   * @throws CelProblem when it cannot be read
   */
  synchronized CelProgram read(String expression, ResultType wanted) {
    return expressions().read(expression, wanted);
  }

  /** The variables by name; those that cannot be read are missing. */
  synchronized Map<String, CelProgram> variables() {
    expressions();
    return programs;
  }

  private PolicyExpressions expressions() {
    if (expressions == null) {
      var reading = new PolicyExpressions(parameters);
      var read = new LinkedHashMap<String, CelProgram>();
      variables.forEach((name, expression) -> declare(reading, name, expression, read));
      programs = Map.copyOf(read);
      expressions = reading;
    }
    return expressions;
  }

  private static void declare(
      PolicyExpressions reading, String name, String expression, Map<String, CelProgram> read) {
    try {
      read.put(name, reading.declare(name, expression));
    } catch (CelProblem unreadable) {
      // whoever uses it cannot be read either, and says so
    }
  }
}
