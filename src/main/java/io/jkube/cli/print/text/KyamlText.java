package io.jkube.cli.print.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import io.jkube.api.text.JsonText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * KYAML, the part of YAML in which neither indentation nor quotes can be got wrong: braces and
 * brackets, quoted strings, a comma behind everything.
 */
public final class KyamlText {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final String STEP = "  ";

  private final StringBuilder text = new StringBuilder();

  private KyamlText() {}

  /** Without a newline at the end. */
  public static String of(JsonNode node) {
    var writer = new KyamlText();
    writer.value(node, "");
    return writer.text.toString();
  }

  private void value(JsonNode value, String indentation) {
    switch (value.getNodeType()) {
      case OBJECT -> object(value, indentation);
      case ARRAY -> array(value, indentation);
      case STRING -> string(value.textValue(), indentation);
      case NUMBER, BOOLEAN -> text.append(GoText.of(value));
      case NULL, MISSING, BINARY, POJO -> text.append("null");
    }
  }

  private void object(JsonNode object, String indentation) {
    if (object.isEmpty()) {
      text.append("{}");
      return;
    }
    text.append("{\n");
    object
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            field -> {
              text.append(indentation).append(STEP).append(key(field.getKey())).append(": ");
              value(field.getValue(), indentation + STEP);
              text.append(",\n");
            });
    text.append(indentation).append('}');
  }

  private static String key(String key) {
    return PLAIN_KEY.matcher(key).matches() && !YamlWords.meansOtherThanText(key)
        ? key
        : JsonText.plain(key);
  }

  /** Objects and arrays open beside the bracket; everything else has a line of its own. */
  private void array(JsonNode array, String indentation) {
    if (array.isEmpty()) {
      text.append("[]");
      return;
    }
    boolean cuddled = array.valueStream().allMatch(JsonNode::isContainerNode);
    text.append('[');
    var separator = cuddled ? "" : "\n";
    for (var item : array) {
      text.append(separator).append(cuddled ? "" : indentation + STEP);
      value(item, cuddled ? indentation : indentation + STEP);
      separator = cuddled ? ", " : ",\n";
    }
    text.append(cuddled ? "" : ",\n" + indentation).append(']');
  }

  /** A line of the text on a line each, where there are several. */
  private void string(String string, String indentation) {
    if (string.indexOf('\n') < 0) {
      text.append(JsonText.plain(string));
      return;
    }
    text.append("\"\\\n");
    var lines = List.of(string.split("(?<=\n)", -1));
    for (var line : lines) {
      if (!line.isEmpty()) {
        var quoted = JsonText.plain(line);
        var shown = quoted.substring(1, quoted.length() - 1);
        text.append(indentation)
            .append(STEP)
            .append(shown.startsWith(" ") ? "\\" : " ")
            .append(shown)
            .append("\\\n");
      }
    }
    text.append(indentation).append(STEP).append('"');
  }
}
