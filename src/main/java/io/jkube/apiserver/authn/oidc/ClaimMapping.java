package io.jkube.apiserver.authn.oidc;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelProgram;
import io.jkube.registry.cel.ResultType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a part of the user comes from. */
sealed interface ClaimMapping {
  /** The value; null for none. */
  JsonNode value(JsonNode claims);

  /** What stands before each value. */
  String prefix();

  /** The expression; empty for none. */
  String source();

  /** Nothing. */
  record None() implements ClaimMapping {
    @Override
    public JsonNode value(JsonNode claims) {
      return null;
    }

    @Override
    public String prefix() {
      return "";
    }

    @Override
    public String source() {
      return "";
    }
  }

  /** A claim, as it is. */
  record OfClaim(String claim, String prefix) implements ClaimMapping {
    @Override
    public JsonNode value(JsonNode claims) {
      return claims.get(claim);
    }

    @Override
    public String source() {
      return "";
    }
  }

  /** What an expression makes of the claims. */
  record OfExpression(String source, CelProgram program) implements ClaimMapping {
    @Override
    public JsonNode value(JsonNode claims) {
      return program.evaluate(Map.of("claims", claims), CelBudget.usual()).json();
    }

    @Override
    public String prefix() {
      return "";
    }
  }

  default boolean isEmailClaim() {
    return this instanceof OfClaim mapping && mapping.claim().equals("email");
  }

  /**
   * Its one value; empty for a mapping of nothing.
   *
   * @throws ClaimRefusal there is none, or no text
   */
  default String one(JsonNode claims) {
    if (this instanceof None) {
      return "";
    }
    var value = value(claims);
    if (value == null || !value.isTextual()) {
      throw new ClaimRefusal("a claim that is needed is missing, or no string: " + this);
    }
    return value.asText().isEmpty() ? "" : prefix() + value.asText();
  }

  /**
   * Its values: of a text or of a list of texts; none where the claim is missing.
   *
   * @throws ClaimRefusal it is something else
   */
  default List<String> all(JsonNode claims) {
    var value = value(claims);
    var all = new ArrayList<String>();
    if (value == null || value.isNull()) {
      return all;
    }
    if (value.isTextual()) {
      add(value, all);
    } else if (value.isArray()) {
      value.forEach(each -> add(each, all));
    } else {
      throw new ClaimRefusal("a claim is neither a string nor a list of strings: " + this);
    }
    return all;
  }

  private void add(JsonNode value, List<String> all) {
    if (!value.isTextual()) {
      throw new ClaimRefusal("a claim is not a list of strings: " + this);
    }
    if (!value.asText().isEmpty()) {
      all.add(prefix() + value.asText());
    }
  }

  static ClaimMapping prefixed(JsonNode node, String at, boolean required) {
    ConfigFields.known(node, at, Set.of("claim", "prefix", "expression"));
    var claim = text(node, "/claim");
    var expression = text(node, "/expression");
    if (!claim.isEmpty() && !expression.isEmpty()) {
      throw new IllegalArgumentException(at + ": claim and expression can't both be set");
    }
    if (!claim.isEmpty()) {
      if (!node.hasNonNull("prefix")) {
        throw new IllegalArgumentException(
            at
                + ".prefix: Required value: prefix is required when claim is set. It can be set to"
                + " an empty string to disable prefixing");
      }
      return new OfClaim(claim, text(node, "/prefix"));
    }
    if (node.hasNonNull("prefix")) {
      throw new IllegalArgumentException(at + ".prefix: prefix can't be set without claim");
    }
    if (expression.isEmpty()) {
      if (required) {
        throw new IllegalArgumentException(
            at + ": Required value: claim or expression is required");
      }
      return new None();
    }
    return expression(expression, at);
  }

  static ClaimMapping plain(JsonNode node, String at) {
    ConfigFields.known(node, at, Set.of("claim", "expression"));
    var claim = text(node, "/claim");
    var expression = text(node, "/expression");
    if (!claim.isEmpty() && !expression.isEmpty()) {
      throw new IllegalArgumentException(at + ": claim and expression can't both be set");
    }
    if (!claim.isEmpty()) {
      return new OfClaim(claim, "");
    }
    return expression.isEmpty() ? new None() : expression(expression, at);
  }

  static ClaimMapping expression(String source, String at) {
    try {
      var program =
          CelEnvironment.builder().variable("claims").build().compile(source, ResultType.ANY);
      return new OfExpression(source, program);
    } catch (CelProblem wrong) {
      throw new IllegalArgumentException(at + ": " + wrong.getMessage(), wrong);
    }
  }
}
