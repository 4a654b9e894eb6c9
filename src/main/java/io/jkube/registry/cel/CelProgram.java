package io.jkube.registry.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.jkube.registry.cel.cost.ActualCost;
import io.jkube.registry.cel.cost.CostEstimate;
import io.jkube.registry.structural.Structural;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** An expression, ready to be evaluated. Thread-safe. */
public final class CelProgram {
  private static final Pattern MISSING_KEY =
      Pattern.compile("key '(.*)' is not present in map\\.?");
  private static final Pattern PLACE = Pattern.compile("^evaluation error(?: at <input>:\\d+)?: ");

  private final CelRuntime.Program program;
  private final CelAbstractSyntaxTree tree;
  private final Map<String, Structural> schemas;
  private final Set<String> plain;

  CelProgram(
      CelRuntime.Program program,
      CelAbstractSyntaxTree tree,
      Map<String, Structural> schemas,
      Set<String> plain) {
    this.program = program;
    this.tree = tree;
    this.schemas = schemas;
    this.plain = plain;
  }

  /** Whether the expression speaks of this variable. */
  public boolean uses(String variable) {
    return tree.getReferenceMap().values().stream()
        .anyMatch(reference -> reference.name().equals(variable));
  }

  /**
   * What evaluating it can cost at most, in steps; Long.MAX_VALUE where nothing bounds it.
   *
   * @param schema of every variable
   */
  public long maxCost(Structural schema) {
    return CostEstimate.of(tree, schema);
  }

  /** What the expression comes to. */
  CelType type() {
    return tree.getResultType();
  }

  /** Whether the expression comes to an optional. */
  public boolean isOptional() {
    return tree.getResultType() instanceof OptionalType;
  }

  /**
   * @param variables by name: a tree, a {@link CelValue}, or an Optional of either for a variable
   *     that may be absent
   * @throws CelProblem EVALUATION, CALL_COST or BUDGET
   */
  public CelValue evaluate(Map<String, ?> variables, CelBudget budget) {
    var values = new HashMap<String, Object>();
    variables.forEach((name, value) -> values.put(name, value(name, value)));
    long waiting = budget.begin();
    var spent = new CelProblem[1];
    var cost = new ActualCost(tree);
    try {
      var result =
          program.trace(
              values,
              (step, found) -> {
                if (spent[0] == null) {
                  spent[0] = spend(budget, cost.of(step, found));
                }
                if (spent[0] != null) {
                  throw spent[0];
                }
              });
      return new CelValue(result);
    } catch (CelEvaluationException failed) {
      throw spent[0] != null ? spent[0] : failure(failed.getMessage());
    } catch (CelProblem over) {
      throw over;
    } catch (RuntimeException failed) {
      throw spent[0] != null ? spent[0] : failure(String.valueOf(failed.getMessage()));
    } finally {
      budget.resume(waiting);
    }
  }

  private static CelProblem spend(CelBudget budget, long steps) {
    try {
      budget.spend(steps);
      return null;
    } catch (CelProblem over) {
      return over;
    }
  }

  private Object value(String name, Object given) {
    return switch (given) {
      case CelValue known -> known.value();
      case JsonNode node -> Values.ofTree(node, schemas.get(name), !plain.contains(name));
      case LazyResults results -> results;
      case Optional<?> optional -> optional.map(each -> value(name, each));
      case Object other -> other;
    };
  }

  /** Says it as upstream does. */
  private static CelProblem failure(String message) {
    var text = PLACE.matcher(message).replaceFirst("");
    var missing = MISSING_KEY.matcher(text);
    return new CelProblem(
        CelProblem.Kind.EVALUATION, missing.matches() ? "no such key: " + missing.group(1) : text);
  }
}
