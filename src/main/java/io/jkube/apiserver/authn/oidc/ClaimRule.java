package io.jkube.apiserver.authn.oidc;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something that must be so for a token to be taken. */
sealed interface ClaimRule {
  /**
   * @throws ClaimRefusal it is not so
   */
  void require(JsonNode values);

  /** The expression; empty for none. */
  String source();

  /** A claim has a value. */
  record Required(String claim, String value) implements ClaimRule {
    @Override
    public void require(JsonNode claims) {
      if (!claims.path(claim).isTextual() || !claims.path(claim).asText().equals(value)) {
        throw new ClaimRefusal("claim \"" + claim + "\" is not as required");
      }
    }

    @Override
    public String source() {
      return "";
    }
  }

  /** An expression holds, of {@code claims} or of {@code user}. */
  record Holds(String variable, String source, CelProgram program, String message)
      implements ClaimRule {
    @Override
    public void require(JsonNode values) {
      if (!program.evaluate(Map.of(variable, values), CelBudget.usual()).truth()) {
        throw new ClaimRefusal(
            message.isEmpty() ? "validation expression '" + source + "' failed" : message);
      }
    }
  }

  static List<ClaimRule> ofClaims(List<ObjectNode> rules, String at) {
    var all = new ArrayList<ClaimRule>();
    for (var rule : rules) {
      var here = at + "[" + all.size() + "]";
      ConfigFields.known(rule, here, Set.of("claim", "requiredValue", "expression", "message"));
      boolean byClaim = rule.hasNonNull("claim");
      if (byClaim == rule.hasNonNull("expression")) {
        throw new IllegalArgumentException(
            here + ": Required value: claim or expression is required");
      }
      all.add(
          byClaim
              ? new Required(text(rule, "/claim"), text(rule, "/requiredValue"))
              : holds("claims", rule, here));
    }
    return all;
  }

  static List<ClaimRule> ofUser(List<ObjectNode> rules, String at) {
    var all = new ArrayList<ClaimRule>();
    for (var rule : rules) {
      var here = at + "[" + all.size() + "]";
      ConfigFields.known(rule, here, Set.of("expression", "message"));
      all.add(holds("user", rule, here));
    }
    return all;
  }

  private static ClaimRule holds(String variable, ObjectNode rule, String at) {
    var source = text(rule, "/expression");
    try {
      var program =
          CelEnvironment.builder().variable(variable).build().compile(source, ResultType.BOOL);
      return new Holds(variable, source, program, text(rule, "/message"));
    } catch (CelProblem wrong) {
      throw new IllegalArgumentException(at + ".expression: " + wrong.getMessage(), wrong);
    }
  }
}
