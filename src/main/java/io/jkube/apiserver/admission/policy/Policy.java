package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.admission.match.Conditions;
import io.jkube.apiserver.admission.match.MatchResources;
import io.jkube.registry.cel.ResultType;
import java.util.function.BiFunction;

/**
 * What is said of writes in CEL.
 *
 * @param failOpen whether a write goes on for which an expression cannot be evaluated
 * @param scope what the expressions may use
 * @param parameters the kind of the parameters; null without
 * @param action what it does with the writes it is about
 * @param <A> {@link Validations} or {@link Mutations}
 */
record Policy<A>(
    String name,
    MatchResources match,
    Conditions conditions,
    boolean failOpen,
    Scope scope,
    ParameterKind parameters,
    A action) {
  /** Of what kind the parameters are. */
  record ParameterKind(String apiVersion, String kind) {
    private static ParameterKind of(JsonNode kind) {
      return kind.isObject()
          ? new ParameterKind(text(kind, "/apiVersion"), text(kind, "/kind"))
          : null;
    }
  }

  /**
   * @param action reads the policy's own part of a spec
   */
  static <A> Policy<A> of(ObjectNode policy, BiFunction<JsonNode, Scope, A> action) {
    var spec = policy.path("spec");
    boolean failOpen = text(spec, "/failurePolicy").equals("Ignore");
    var scope = new Scope(spec);
    return new Policy<>(
        text(policy, "/metadata/name"),
        MatchResources.of(spec.path("matchConstraints")),
        Conditions.of(spec, each -> scope.read(each, ResultType.BOOL), failOpen),
        failOpen,
        scope,
        ParameterKind.of(spec.path("paramKind")),
        action.apply(spec, scope));
  }
}
