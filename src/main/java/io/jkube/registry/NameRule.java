package io.jkube.registry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a kind's names may look like, and upstream's words when they do not ("Object Names and IDs"
 * in the documentation of Kubernetes).
 */
public enum NameRule {
  /** RFC 1123 subdomain: most kinds. */
  DNS_SUBDOMAIN(
      253,
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"),
  /** RFC 1123 label: namespaces. */
  DNS_LABEL(
      63,
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"),
  /** RFC 1035 label: services. */
  DNS_1035_LABEL(
      63,
      "[a-z]([-a-z0-9]*[a-z0-9])?",
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123',"),
  /** Whatever can stand between two slashes of a path: roles and their bindings. */
  PATH_SEGMENT(Integer.MAX_VALUE, "[^/%]+", ""),
  /** An address of the Internet Protocol, written the one way that counts. */
  ADDRESS(Integer.MAX_VALUE, ".+", "");

  private static final Pattern ADDRESS_V6 = Pattern.compile("(?!.*(^|:)0[0-9a-f])[0-9a-f:]+");

  private final int maxLength;
  private final String expression;
  private final String rule;
  private final Pattern pattern;

  NameRule(int maxLength, String expression, String rule) {
    this.maxLength = maxLength;
    this.expression = expression;
    this.rule = rule;
    this.pattern = Pattern.compile(expression);
  }

  /** What is wrong with a name; empty when nothing is. */
  public List<String> violations(String name) {
    if (this == PATH_SEGMENT) {
      return pathSegmentViolations(name);
    }
    if (this == ADDRESS) {
      return isCanonicalAddress(name) ? List.of() : List.of("must be a canonical IP address");
    }
    if (name.length() > maxLength) {
      return List.of("must be no more than " + maxLength + " characters");
    }
    return pattern.matcher(name).matches()
        ? List.of()
        : List.of(rule + " regex used for validation is '" + expression + "')");
  }

  /** Upstream's form: small letters, the longest run of zeros left out. */
  private static boolean isCanonicalAddress(String name) {
    try {
      var address = InetAddress.ofLiteral(name);
      return address instanceof Inet6Address
          ? ADDRESS_V6.matcher(name).matches()
          : address.getHostAddress().equals(name);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static List<String> pathSegmentViolations(String name) {
    if (name.equals(".") || name.equals("..")) {
      return List.of("may not be '" + name + "'");
    }
    if (name.contains("/")) {
      return List.of("may not contain '/'");
    }
    return name.contains("%") ? List.of("may not contain '%'") : List.of();
  }
}
