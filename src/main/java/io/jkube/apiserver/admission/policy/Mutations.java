package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.cel.ResultType;
import java.util.List;

/**
 * Changes to a write, in their order.
 *
 * @param reinvoked whether they are made again when others change the object after them
 */
record Mutations(List<Mutation> list, boolean reinvoked) {
  /** How an object is changed by what an expression comes to. */
  sealed interface Mutation {
    Expression expression();
  }

  /** Fields to lay over the object. */
  record Configuration(Expression expression) implements Mutation {}

  /** RFC 6902. */
  record Patch(Expression expression) implements Mutation {}

  static Mutations of(JsonNode spec, Scope scope) {
    return new Mutations(
        objects(spec, "/mutations").stream().map(each -> mutation(each, scope)).toList(),
        text(spec, "/reinvocationPolicy").equals("IfNeeded"));
  }

  private static Mutation mutation(ObjectNode each, Scope scope) {
    return text(each, "/patchType").equals("JSONPatch")
        ? new Patch(
            new Expression(text(each, "/jsonPatch/expression"), ResultType.JSON_PATCH, scope))
        : new Configuration(
            new Expression(
                text(each, "/applyConfiguration/expression"),
                ResultType.APPLY_CONFIGURATION,
                scope));
  }
}
