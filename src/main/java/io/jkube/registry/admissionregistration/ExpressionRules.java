package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.CelProgram;
import java.util.HashSet;
import java.util.function.Function;

/** What lists of named expressions must look like. */
final class ExpressionRules {
  private static final int MAX_CONDITIONS = 64;

  private ExpressionRules() {}

  static void conditions(
      JsonNode holder, String at, Function<String, CelProgram> compiler, Violations violations) {
    var conditions = objects(holder, "/matchConditions");
    if (conditions.size() > MAX_CONDITIONS) {
      violations.add(
          "FieldValueTooMany",
          at,
          "Too many: " + conditions.size() + ": must have at most " + MAX_CONDITIONS + " items");
      return;
    }
    var names = new HashSet<String>();
    for (int i = 0; i < conditions.size(); i++) {
      var place = at + "[" + i + "]";
      var name = text(conditions.get(i), "/name");
      if (name.isEmpty()) {
        violations.required(place + ".name", "");
      } else {
        LabelSyntax.keyViolations(name)
            .forEach(why -> violations.invalid(place + ".name", name, why));
        if (!names.add(name)) {
          violations.duplicate(place + ".name", name);
        }
      }
      expression(conditions.get(i), "expression", place, compiler, violations);
    }
  }

  static void expression(
      JsonNode holder,
      String field,
      String at,
      Function<String, CelProgram> compiler,
      Violations violations) {
    var expression = text(holder, "/" + field);
    if (expression.isBlank()) {
      violations.required(at + "." + field, "");
      return;
    }
    try {
      compiler.apply(expression);
    } catch (CelProblem unreadable) {
      violations.invalid(at + "." + field, expression, unreadable.getMessage());
    }
  }
}
