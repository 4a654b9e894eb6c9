package io.jkube.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelValue;
import io.jkube.registry.cel.LazyResults;
import java.util.HashMap;
import java.util.Map;

/**
 * One policy's expressions over one state of a write, with one object of parameters. One thread's.
 */
final class Evaluation {
  private final Policy<?> policy;
  private final Map<String, Object> values;
  private final CelBudget budget = CelBudget.usual();

  /**
   * @param surroundings whom to ask for namespaces and rights
   */
  Evaluation(Policy<?> policy, RequestView view, JsonNode parameters, Invocations<?> surroundings) {
    this.policy = policy;
    this.values = new HashMap<>(view.variables(surroundings.authorizer()));
    values.put("namespaceObject", namespace(view.request(), surroundings.namespaces()));
    values.put("params", parameters);
    var programs = policy.scope().variables();
    values.put(
        "variables",
        new LazyResults(programs.keySet(), name -> programs.get(name).evaluate(values, budget)));
  }

  private static JsonNode namespace(AdmissionRequest request, SettledKind namespaces) {
    if (request.namespace().isEmpty() || request.call().resource().equals(Resources.NAMESPACES)) {
      return NullNode.getInstance();
    }
    return namespaces
        .get(ObjectKey.cluster(request.namespace()))
        .<JsonNode>map(found -> found.tree())
        .orElse(NullNode.getInstance());
  }

  /**
   * Whether the policy's conditions hold.
   *
   * @throws io.jkube.registry.cel.CelProblem where one fails, and failing is not to be ignored
   */
  boolean concerned() {
    return policy.conditions().match(() -> values);
  }

  /**
   * @throws io.jkube.registry.cel.CelProblem when it cannot be read or evaluated
   */
  CelValue evaluate(Expression expression) {
    return expression.program().evaluate(values, budget);
  }
}
