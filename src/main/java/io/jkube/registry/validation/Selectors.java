package io.jkube.registry.validation;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.size;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.LabelSelector;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.Violations;
import java.util.Optional;

/** Label selectors in objects, {@code matchLabels} and {@code matchExpressions}. */
public final class Selectors {
  private Selectors() {}

  /** Adds what is wrong with a selector; one that is not there is right. */
  public static void validate(JsonNode selector, String path, Violations violations) {
    new Rules(violations).labels(selector.path("matchLabels"), path + ".matchLabels");
    int index = 0;
    for (var expression : objects(selector, "/matchExpressions")) {
      expression(expression, path + ".matchExpressions[" + index++ + "]", violations);
    }
  }

  private static void expression(ObjectNode expression, String at, Violations violations) {
    var values = texts(expression, "/values");
    switch (text(expression, "/operator")) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          violations.required(
              at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          violations.forbidden(
              at + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case String other ->
          violations.invalid(at + ".operator", other, "not a valid selector operator");
    }
    var key = text(expression, "/key");
    LabelSyntax.keyViolations(key).forEach(why -> violations.invalid(at + ".key", key, why));
    for (int i = 0; i < values.size(); i++) {
      var value = values.get(i);
      var where = at + ".values[" + i + "]";
      LabelSyntax.valueViolations(value).forEach(why -> violations.invalid(where, value, why));
    }
  }

  /** Whether the selector asks for nothing in particular. */
  public static boolean isEmpty(JsonNode selector) {
    return size(selector, "/matchLabels") + size(selector, "/matchExpressions") == 0;
  }

  /** The selector, unless it is none that upstream's parser takes. */
  public static Optional<LabelSelector> parsed(JsonNode selector) {
    try {
      return Optional.of(LabelSelector.of(selector));
    } catch (ApiException malformed) {
      return Optional.empty();
    }
  }

  /** In a cell: {@code <none>} for an empty one, {@code <error>} for a malformed one. */
  public static String shown(JsonNode selector) {
    return parsed(selector)
        .map(LabelSelector::toString)
        .map(text -> text.isEmpty() ? "<none>" : text)
        .orElse("<error>");
  }
}
