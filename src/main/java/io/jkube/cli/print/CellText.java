package io.jkube.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import io.jkube.cli.print.text.Escapes;

/** A table's cell as text that cannot break the table or steer the terminal. */
final class CellText {
  private CellText() {}

  static String of(JsonNode cell) {
    if (cell.isNull() || cell.isMissingNode()) {
      return "";
    }
    var text = cell.isTextual() ? cell.textValue() : GoText.of(cell);
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '\n' || each == '\r' || each == '\f') {
        return Escapes.visible(text.substring(0, i)) + "...";
      }
    }
    return Escapes.visible(text);
  }
}
