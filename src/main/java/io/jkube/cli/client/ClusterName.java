package io.jkube.cli.client;

import java.util.Map;

/** Which cluster a command line means: {@code --cluster NAME}, {@code $JKUBE_CLUSTER}, or jkube. */
public final class ClusterName {
  private static final String DEFAULT = "jkube";
  private static final String FLAG = "--cluster";

  private ClusterName() {}

  static boolean isDefault(String cluster) {
    return cluster.equals(DEFAULT);
  }

  public static String of(String[] arguments, Map<String, String> environment) {
    for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
      if (arguments[i].equals(FLAG) && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
      if (arguments[i].startsWith(FLAG + "=")) {
        return arguments[i].substring(FLAG.length() + 1);
      }
    }
    var named = environment.get("JKUBE_CLUSTER");
    return named == null || named.isEmpty() ? DEFAULT : named;
  }
}
