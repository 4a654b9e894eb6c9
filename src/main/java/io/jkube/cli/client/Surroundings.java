package io.jkube.cli.client;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;

/** What of this process a command in the server has to know. */
final class Surroundings {
  private static final String[] NAMES = {
    "HOME",
    "KUBECONFIG",
    "NO_COLOR",
    "TERM",
    "COLUMNS",
    "LINES",
    "EDITOR",
    "KUBE_EDITOR",
    "VISUAL",
    "LANG",
    "LC_ALL",
    "TZ"
  };

  private Surroundings() {}

  /** Name, value, name, value, ... of the variables that commands look at. */
  static String[] environment(Map<String, String> all) {
    var chosen = new ArrayList<String>();
    for (int i = 0; i < NAMES.length; i++) {
      var value = all.get(NAMES[i]);
      if (value != null) {
        chosen.add(NAMES[i]);
        chosen.add(value);
      }
    }
    for (var entry : all.entrySet()) {
      if (entry.getKey().startsWith("JKUBE_")) {
        chosen.add(entry.getKey());
        chosen.add(entry.getValue());
      }
    }
    return chosen.toArray(new String[0]);
  }

  /** Which of stdin (1), stdout (2) and stderr (4) is a terminal. */
  static int terminals() {
    if (!new File("/proc/self/fd/0").exists() && !new File("/proc/self/fd/1").exists()) {
      // No /proc on this system: the JDK tells only whether stdin and stdout both are.
      var console = System.console();
      return console != null && console.isTerminal() ? 7 : 0;
    }
    return (isTerminal(0) ? 1 : 0) | (isTerminal(1) ? 2 : 0) | (isTerminal(2) ? 4 : 0);
  }

  /** This process's id, or 0 where there is no /proc (and so no use for it). */
  static long pid() {
    try {
      var self = new File("/proc/self").getCanonicalPath();
      return self.equals("/proc/self") ? 0 : Long.parseLong(self.substring("/proc/".length()));
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }

  private static boolean isTerminal(int descriptor) {
    try {
      var path = new File("/proc/self/fd/".concat(Integer.toString(descriptor))).getCanonicalPath();
      return path.startsWith("/dev/pts/")
          || path.startsWith("/dev/tty")
          || path.equals("/dev/console");
    } catch (IOException unreadable) {
      return false;
    }
  }
}
