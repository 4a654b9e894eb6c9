package io.jkube.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is said when nobody listens: kubectl's words, which scripts know, and what would help. */
public final class NotRunning {
  private static final String RECORD = "server.json";
  private static final String PORT = "\"port\":";
  private static final String USUAL_PORT = "6443";

  private NotRunning() {}

  public static String text(String[] arguments, Map<String, String> environment) {
    var cluster = ClusterName.talkedTo(arguments, environment);
    var start = ClusterName.isDefault(cluster) ? "" : " --name ".concat(cluster);
    return "The connection to the server 127.0.0.1:"
        .concat(port(Client.folder(cluster, environment)))
        .concat(" was refused - did you specify the right host or port?\nCluster \"")
        .concat(cluster)
        .concat("\" is not running; start it with: jkube start")
        .concat(start);
  }

  /** Where it listened when it ran last. */
  private static String port(Path folder) {
    try {
      var record = Files.readString(folder.resolve(RECORD));
      int start = record.indexOf(PORT) + PORT.length();
      int end = start;
      while (end < record.length() && Character.isDigit(record.charAt(end))) {
        end++;
      }
      return end == start ? USUAL_PORT : record.substring(start, end);
    } catch (IOException never) {
      return USUAL_PORT;
    }
  }
}
