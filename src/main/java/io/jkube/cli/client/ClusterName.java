package io.jkube.cli.client;

import java.nio.file.Files;
import java.util.Map;

/** Which cluster a command line means. */
public final class ClusterName {
  private static final String DEFAULT = "jkube";
  private static final String FLAG = "--cluster";

  private ClusterName() {}

  static boolean isDefault(String cluster) {
    return cluster.equals(DEFAULT);
  }

  /**
   * The one that a command about clusters means, such as {@code delete}: {@code --cluster NAME},
   * {@code $JKUBE_CLUSTER}, or jkube.
   */
  public static String of(String[] arguments, Map<String, String> environment) {
    var named = named(arguments, environment);
    return named.isEmpty() ? DEFAULT : named;
  }

  /**
   * The one that a command talks to, as kubectl would: where none is named, the one whose context
   * is current in the kubeconfig.
   */
  public static String talkedTo(String[] arguments, Map<String, String> environment) {
    var named = named(arguments, environment);
    if (!named.isEmpty()) {
      return named;
    }
    var context = CurrentContext.of(environment);
    return isOurs(context, environment) ? context : DEFAULT;
  }

  private static String named(String[] arguments, Map<String, String> environment) {
    for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
      if (arguments[i].equals(FLAG) && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
      if (arguments[i].startsWith(FLAG + "=")) {
        return arguments[i].substring(FLAG.length() + 1);
      }
    }
    return environment.getOrDefault("JKUBE_CLUSTER", "");
  }

  /** Contexts of other clusters, in any cloud, are none of ours. */
  private static boolean isOurs(String context, Map<String, String> environment) {
    return !context.isEmpty()
        && context.indexOf('/') < 0
        && Files.isDirectory(Client.folder(context, environment));
  }
}
