package io.jkube.apiserver.admission.match;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelProgram;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@code matchConditions} of a webhook or policy: all must hold. Read when they are first
 * needed. Thread-safe.
 */
public final class Conditions {
  private final List<String> expressions;
  private final Function<String, CelProgram> compiler;
  private final boolean failOpen;
  private volatile List<CelProgram> programs;

  private Conditions(
      List<String> expressions, Function<String, CelProgram> compiler, boolean failOpen) {
    this.expressions = expressions;
    this.compiler = compiler;
    this.failOpen = failOpen;
  }

  /**
   * @param holder has {@code matchConditions}
   * @param failOpen whether what cannot be evaluated concerns nobody, instead of refusing
   */
  public static Conditions of(
      JsonNode holder, Function<String, CelProgram> compiler, boolean failOpen) {
    var expressions =
        objects(holder, "/matchConditions").stream()
            .map(each -> text(each, "/expression"))
            .toList();
    return new Conditions(expressions, compiler, failOpen);
  }

  /**
   * Whether all hold. One that does not hold decides, whatever others fail with.
   *
   * @throws CelProblem where one fails, none is false, and failing is not to be ignored
   */
  public boolean match(Supplier<Map<String, Object>> variables) {
    if (expressions.isEmpty()) {
      return true;
    }
    CelProblem failure = null;
    var values = variables.get();
    var budget = CelBudget.ofConditions();
    for (int i = 0; i < expressions.size(); i++) {
      try {
        if (!programs().get(i).evaluate(values, budget).truth()) {
          return false;
        }
      } catch (CelProblem failed) {
        failure = failed;
      }
    }
    if (failure != null && !failOpen) {
      throw failure;
    }
    return failure == null;
  }

  private List<CelProgram> programs() {
    var known = programs;
    if (known == null) {
      known = expressions.stream().map(compiler).toList();
      programs = known;
    }
    return known;
  }
}
