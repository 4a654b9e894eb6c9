package io.jkube.kubelet.container;

import java.util.Map;

/**
 * {@code $(NAME)} in commands, arguments and values. {@code $$} is an escaped dollar; a name that
 * is not known stays as it stands (Kubernetes: "Define Dependent Environment Variables").
 */
public final class Expansion {
  private Expansion() {}

  public static String of(String text, Map<String, String> variables) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    var expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int close = text.startsWith("$(", at) ? text.indexOf(')', at) : -1;
      if (text.startsWith("$$", at)) {
        expanded.append('$');
        at += 2;
      } else if (close > 0) {
        var whole = text.substring(at, close + 1);
        expanded.append(variables.getOrDefault(text.substring(at + 2, close), whole));
        at = close + 1;
      } else {
        expanded.append(c);
        at++;
      }
    }
    return expanded.toString();
  }
}
