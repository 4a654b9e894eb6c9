package io.jkube.network.ingress;

import java.util.Objects;

/**
 * Which paths a rule is for, as the documentation of Ingress has it: a prefix is one of whole
 * elements. What is ImplementationSpecific is a prefix here.
 *
 * @param path begins with a slash
 * @param exact only this path and no other
 */
record PathPattern(String path, boolean exact) {
  PathPattern {
    Objects.requireNonNull(path, "path");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash, unlike " + path);
    }
  }

  /**
   * @param path of the rule; empty stands for all
   */
  static PathPattern of(String path, String type) {
    return new PathPattern(path.isEmpty() ? "/" : path, type.equals("Exact"));
  }

  boolean matches(String asked) {
    if (exact) {
      return asked.equals(path);
    }
    var prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return asked.startsWith(prefix)
        && (asked.length() == prefix.length() || asked.charAt(prefix.length()) == '/');
  }
}
