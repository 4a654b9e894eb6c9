package io.jkube.api.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import io.jkube.api.text.JsonText;
import java.util.List;

/** Values as a template shows them: objects and arrays as JSON, everything else as text. */
final class ValueText {
  private ValueText() {}

  static void append(List<JsonNode> values, StringBuilder text) {
    for (int i = 0; i < values.size(); i++) {
      var value = values.get(i);
      text.append(i == 0 ? "" : " ");
      if (value.isContainerNode()) {
        text.append(JsonText.compact(value));
      } else {
        text.append(value.isNull() ? "null" : GoText.of(value));
      }
    }
  }
}
