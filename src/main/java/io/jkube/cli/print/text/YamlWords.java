package io.jkube.cli.print.text;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which plain words YAML 1.1 takes for something other than text: those must be quoted. Wider than
 * SnakeYAML's resolver, as wide as that of the Go library whose output kubectl's users know.
 */
final class YamlWords {
  private static final Set<String> WORDS =
      Set.of(
          "", "~", "null", "Null", "NULL", "<<", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON",
          "n", "N", "no", "No", "NO", "off", "Off", "OFF", "true", "True", "TRUE", "false", "False",
          "FALSE", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
          "-.inf", "-.Inf", "-.INF");

  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*"
              + "|(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?)");

  private static final Pattern SEXAGESIMAL =
      Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");

  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
              + "([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?"
              + "( ?([Zz]|[-+][0-9]{1,2}(:?[0-9]{2})?))?)?");

  private YamlWords() {}

  static boolean meansOtherThanText(String text) {
    return WORDS.contains(text)
        || NUMBER.matcher(text).matches()
        || SEXAGESIMAL.matcher(text).matches()
        || TIME.matcher(text).matches();
  }
}
