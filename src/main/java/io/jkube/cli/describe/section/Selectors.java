package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Map;

/** Label selectors as text. */
public final class Selectors {
  private Selectors() {}

  /** {@code a=b,c in (d,e)}; {@code <none>} for none. */
  public static String text(JsonNode selector) {
    var terms = new ArrayList<String>();
    selector
        .path("matchLabels")
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> terms.add(each.getKey() + "=" + each.getValue().asText()));
    for (var expression : selector.path("matchExpressions")) {
      terms.add(expression(expression));
    }
    return terms.isEmpty() ? "<none>" : String.join(",", terms);
  }

  private static String expression(JsonNode expression) {
    var key = expression.path("key").asText();
    var values =
        String.join(",", expression.path("values").valueStream().map(JsonNode::asText).toList());
    return switch (expression.path("operator").asText()) {
      case "Exists" -> key;
      case "DoesNotExist" -> "!" + key;
      case "NotIn" -> key + " notin (" + values + ")";
      default -> key + " in (" + values + ")";
    };
  }

  /** {@code a=b,c=d} of plain labels; {@code <none>} for none. */
  public static String labels(JsonNode labels) {
    return labels.isEmpty()
        ? "<none>"
        : String.join(
            ",",
            labels
                .propertyStream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + "=" + each.getValue().asText())
                .toList());
  }
}
