package io.jkube.network.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.network.proxy.Protocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What policies look at of a pod.
 *
 * @param address its own; empty where it has none
 * @param ports those with a name
 */
public record PolicyPod(
    ObjectKey key, Map<String, String> labels, String address, Set<NamedPort> ports) {
  /** A port that policies may call by its name. */
  public record NamedPort(String name, Protocol protocol, int number) {
    public NamedPort {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(protocol, "protocol");
    }
  }

  public PolicyPod {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(address, "address");
    labels = Map.copyOf(labels);
    ports = Set.copyOf(ports);
  }

  public static PolicyPod of(ObjectNode pod) {
    var ports = new HashSet<NamedPort>();
    addPorts(pod.at("/spec/containers"), ports);
    addPorts(pod.at("/spec/initContainers"), ports);
    return new PolicyPod(Json.key(pod), labels(pod), address(pod), ports);
  }

  /** The labels of any object. */
  static Map<String, String> labels(ObjectNode object) {
    var labels = new HashMap<String, String>();
    object
        .at("/metadata/labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static void addPorts(JsonNode containers, Set<NamedPort> ports) {
    for (var container : containers) {
      for (var port : container.path("ports")) {
        if (port.hasNonNull("name")) {
          ports.add(
              new NamedPort(
                  port.path("name").asText(),
                  Protocol.of(port.path("protocol").asText()),
                  port.path("containerPort").asInt()));
        }
      }
    }
  }

  private static String address(ObjectNode pod) {
    boolean ended =
        switch (pod.at("/status/phase").asText()) {
          case "Succeeded", "Failed" -> true;
          default -> false;
        };
    return ended || pod.at("/spec/hostNetwork").asBoolean() ? "" : pod.at("/status/podIP").asText();
  }
}
