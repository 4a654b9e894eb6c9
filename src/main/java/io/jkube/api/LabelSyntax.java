package io.jkube.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a label's key and value may look like ("Labels and Selectors: Syntax and character set"),
 * and upstream's words for what is wrong with one.
 */
public final class LabelSyntax {
  private static final int NAME_MAX_BYTES = 63;
  private static final int PREFIX_MAX_BYTES = 253;

  private static final String NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(" + NAME + ")?";
  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);

  private static final String ALPHANUMERIC =
      "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character";
  private static final String NAME_RULE =
      "must "
          + ALPHANUMERIC
          + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '"
          + NAME
          + "')";
  private static final String VALUE_RULE =
      "a valid label must be an empty string or "
          + ALPHANUMERIC
          + " (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '"
          + VALUE
          + "')";
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '"
          + SUBDOMAIN
          + "')";

  private LabelSyntax() {}

  /** What is wrong with a qualified name, such as a label's or an annotation's key. */
  public static List<String> keyViolations(String key) {
    var violations = new ArrayList<String>();
    int slash = key.indexOf('/');
    if (slash != key.lastIndexOf('/')) {
      return List.of(
          "a qualified name "
              + NAME_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (slash >= 0) {
      checkPrefix(violations, key.substring(0, slash));
    }
    var name = key.substring(slash + 1);
    if (name.isEmpty()) {
      violations.add("name part must be non-empty");
    } else if (name.length() > NAME_MAX_BYTES) {
      violations.add("name part " + tooLong(NAME_MAX_BYTES));
    }
    if (!NAME_PATTERN.matcher(name).matches()) {
      violations.add("name part " + NAME_RULE);
    }
    return violations;
  }

  private static void checkPrefix(List<String> violations, String prefix) {
    if (prefix.isEmpty()) {
      violations.add("prefix part must be non-empty");
      return;
    }
    if (prefix.length() > PREFIX_MAX_BYTES) {
      violations.add("prefix part " + tooLong(PREFIX_MAX_BYTES));
    }
    if (!SUBDOMAIN_PATTERN.matcher(prefix).matches()) {
      violations.add("prefix part " + SUBDOMAIN_RULE);
    }
  }

  /** What is wrong with a label's value. */
  public static List<String> valueViolations(String value) {
    var violations = new ArrayList<String>();
    if (value.length() > NAME_MAX_BYTES) {
      violations.add(tooLong(NAME_MAX_BYTES));
    }
    if (!value.isEmpty() && !NAME_PATTERN.matcher(value).matches()) {
      violations.add(VALUE_RULE);
    }
    return violations;
  }

  /** {@code path: Invalid value: "value": why; why}. */
  static String invalid(String path, String value, List<String> whys) {
    return path + ": Invalid value: \"" + value + "\": " + String.join("; ", whys);
  }

  private static String tooLong(int bytes) {
    return "must be no more than " + bytes + " bytes";
  }
}
