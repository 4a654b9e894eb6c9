package io.jkube.registry.cel.function;

import com.google.re2j.Pattern;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.jkube.api.text.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code find, findAll, format}. */
final class TextFunctions {
  private TextFunctions() {}

  static void addTo(FunctionTable table) {
    var texts = ListType.create(SimpleType.STRING);
    table
        .member(
            "find",
            SimpleType.STRING,
            each -> first(find(each, 1)),
            SimpleType.STRING,
            SimpleType.STRING)
        .member(
            "findAll",
            texts,
            each -> find(each, Long.MAX_VALUE),
            SimpleType.STRING,
            SimpleType.STRING)
        .member(
            "findAll",
            texts,
            each -> find(each, (Long) each[2] < 0 ? Long.MAX_VALUE : (Long) each[2]),
            SimpleType.STRING,
            SimpleType.STRING,
            SimpleType.INT)
        .member(
            "format",
            SimpleType.STRING,
            each -> format((String) each[0], (List<?>) each[1]),
            SimpleType.STRING,
            ListType.create(SimpleType.DYN));
  }

  private static List<String> find(Object[] arguments, long most) {
    var found = new ArrayList<String>();
    var matcher = Pattern.compile((String) arguments[1]).matcher((String) arguments[0]);
    while (found.size() < most && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static String first(List<String> found) {
    return found.isEmpty() ? "" : found.getFirst();
  }

  private static String format(String format, List<?> arguments) {
    var text = new StringBuilder();
    int next = 0;
    for (int i = 0; i < format.length(); i++) {
      char letter = format.charAt(i);
      if (letter != '%') {
        text.append(letter);
        continue;
      }
      int end = i + 1;
      while (end < format.length() && ".0123456789".indexOf(format.charAt(end)) >= 0) {
        end++;
      }
      if (end == format.length()) {
        throw new IllegalArgumentException("unexpected end of string");
      }
      if (format.charAt(end) == '%') {
        text.append('%');
      } else if (next == arguments.size()) {
        throw new IllegalArgumentException("index " + next + " out of range");
      } else {
        text.append(
            clause(format.substring(i + 1, end), format.charAt(end), arguments.get(next++)));
      }
      i = end;
    }
    return text.toString();
  }

  private static String clause(String precision, char verb, Object value) {
    return switch (verb) {
      case 's' -> text(value);
      case 'd' -> Long.toString(((Number) value).longValue());
      case 'f' -> fixed("f", precision, value);
      case 'e' -> fixed("e", precision, value);
      case 'b' ->
          value instanceof Boolean truth
              ? (truth ? "1" : "0")
              : Long.toBinaryString(((Number) value).longValue());
      case 'o' -> Long.toOctalString(((Number) value).longValue());
      case 'x', 'X' -> {
        var hex = Long.toHexString(((Number) value).longValue());
        yield verb == 'X' ? hex.toUpperCase(Locale.ROOT) : hex;
      }
      default ->
          throw new IllegalArgumentException(
              "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
    };
  }

  private static String fixed(String verb, String precision, Object value) {
    return String.format(
        Locale.ROOT,
        "%" + (precision.isEmpty() ? ".6" : precision) + verb,
        ((Number) value).doubleValue());
  }

  private static String text(Object value) {
    return switch (value) {
      case Double number -> GoText.number(number);
      case List<?> list -> {
        var parts = list.stream().map(TextFunctions::text).toList();
        yield "[" + String.join(", ", parts) + "]";
      }
      case Object other -> other.toString();
    };
  }
}
