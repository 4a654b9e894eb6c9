package io.jkube.registry.crd;

import java.util.regex.Pattern;

/** JSON paths that name fields and nothing else: {@code .spec.replicas}. */
final class SimplePath {
  private static final Pattern FORM = Pattern.compile("(\\.[^.\\[\\]{}*@?()\\s]+)+");

  private SimplePath() {}

  static boolean isSimple(String path) {
    return FORM.matcher(path).matches();
  }

  /** {@code /spec/replicas}; empty for nothing. */
  static String pointer(String path) {
    return path.replace('.', '/');
  }
}
