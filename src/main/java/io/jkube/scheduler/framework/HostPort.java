package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A port of the node that a pod takes for itself. */
record HostPort(String ip, String protocol, int port) {
  private static final String ANY_IP = "0.0.0.0";

  static List<HostPort> listOf(JsonNode spec) {
    var ports = new ArrayList<HostPort>();
    spec.path("containers").forEach(container -> collect(container, ports));
    for (var container : spec.path("initContainers")) {
      if (container.path("restartPolicy").asText().equals("Always")) {
        collect(container, ports);
      }
    }
    return List.copyOf(ports);
  }

  /** Whether both cannot be had on one node. */
  boolean conflictsWith(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (ip.equals(other.ip) || ip.equals(ANY_IP) || other.ip.equals(ANY_IP));
  }

  private static void collect(JsonNode container, List<HostPort> into) {
    for (var port : container.path("ports")) {
      int hostPort = port.path("hostPort").asInt();
      if (hostPort > 0) {
        var ip = port.path("hostIP").asText();
        into.add(
            new HostPort(
                ip.isEmpty() ? ANY_IP : ip, port.path("protocol").asText("TCP"), hostPort));
      }
    }
  }
}
