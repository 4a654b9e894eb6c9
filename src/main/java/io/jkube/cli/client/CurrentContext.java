package io.jkube.cli.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The context that is current in the files of {@code $KUBECONFIG}, or in {@code ~/.kube/config}: of
 * several the first that names one counts, as for kubectl.
 *
 * <p>Looks for the line, and parses no YAML: that would take longer than all the rest of a command.
 */
final class CurrentContext {
  private static final String KEY = "current-context:";

  private CurrentContext() {}

  /**
   * @return its name, or "" without one
   */
  static String of(Map<String, String> environment) {
    var files = environment.get("KUBECONFIG");
    if (files == null || files.isEmpty()) {
      var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
      return in(Path.of(home, ".kube", "config"));
    }
    for (int start = 0; start <= files.length(); ) {
      int end = files.indexOf(File.pathSeparatorChar, start);
      end = end < 0 ? files.length() : end;
      var name = end == start ? "" : in(Path.of(files.substring(start, end)));
      if (!name.isEmpty()) {
        return name;
      }
      start = end + 1;
    }
    return "";
  }

  private static String in(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      return "";
    }
    int key = text.startsWith(KEY) ? 0 : text.indexOf("\n".concat(KEY)) + 1;
    if (key == 0 && !text.startsWith(KEY)) {
      return "";
    }
    int end = text.indexOf('\n', key);
    return unquoted(text.substring(key + KEY.length(), end < 0 ? text.length() : end).strip());
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    if (last < 1 || value.charAt(0) != value.charAt(last)) {
      return value;
    }
    return value.charAt(0) == '"' || value.charAt(0) == '\'' ? value.substring(1, last) : value;
  }
}
