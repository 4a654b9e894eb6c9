package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code fmt.Sprintf} and {@code fmt.Sprint} for the values of a template. */
final class Printf {
  private static final Pattern VERB = Pattern.compile("%([-+# 0]*)(\\d*)(?:\\.(\\d+))?([a-zA-Z%])");

  private Printf() {}

  static String format(String format, List<JsonNode> arguments) {
    var text = new StringBuilder();
    var verbs = VERB.matcher(format);
    int next = 0;
    while (verbs.find()) {
      String shown;
      if (verbs.group(4).equals("%")) {
        shown = "%";
      } else if (next == arguments.size()) {
        shown = "%!" + verbs.group(4) + "(MISSING)";
      } else {
        shown = padded(verb(verbs.group(4), verbs.group(3), arguments.get(next++)), verbs);
      }
      verbs.appendReplacement(text, Matcher.quoteReplacement(shown));
    }
    return verbs.appendTail(text).toString();
  }

  private static String padded(String text, MatchResult verb) {
    int width = verb.group(2).isEmpty() ? 0 : Integer.parseInt(verb.group(2));
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    if (verb.group(1).contains("-")) {
      return text + " ".repeat(missing);
    }
    return (verb.group(1).contains("0") ? "0" : " ").repeat(missing) + text;
  }

  private static String verb(String verb, String precision, JsonNode value) {
    return switch (verb) {
      case "v" -> value(value);
      case "s" ->
          value.isTextual()
              ? value.textValue()
              : value.isContainerNode() ? value(value) : bad(verb, value);
      case "q" -> value.isTextual() ? value.toString() : bad(verb, value);
      case "d" -> value.isIntegralNumber() ? value.asText() : bad(verb, value);
      case "x" -> value.isIntegralNumber() ? Long.toHexString(value.longValue()) : bad(verb, value);
      case "t" -> value.isBoolean() ? value.asText() : bad(verb, value);
      case "f" ->
          value.isNumber()
              ? String.format(
                  "%." + (precision == null ? "6" : precision) + "f", value.doubleValue())
              : bad(verb, value);
      case "T" -> GoText.type(value);
      default -> throw new TemplateException("printf does not know %" + verb);
    };
  }

  private static String bad(String verb, JsonNode value) {
    return "%!" + verb + "(" + GoText.type(value) + "=" + value(value) + ")";
  }

  /** {@code %v}. */
  static String value(JsonNode value) {
    return value.isNumber() ? GoText.number(value.doubleValue()) : GoText.of(value);
  }

  /** {@code fmt.Sprint}: a space only between two values neither of which is text. */
  static String print(List<JsonNode> values) {
    var text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0 && !values.get(i).isTextual() && !values.get(i - 1).isTextual()) {
        text.append(' ');
      }
      text.append(value(values.get(i)));
    }
    return text.toString();
  }
}
