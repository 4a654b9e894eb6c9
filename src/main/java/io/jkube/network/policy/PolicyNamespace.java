package io.jkube.network.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;

/** What policies look at of a namespace. */
public record PolicyNamespace(String name, Map<String, String> labels) {
  public PolicyNamespace {
    Objects.requireNonNull(name, "name");
    labels = Map.copyOf(labels);
  }

  public static PolicyNamespace of(ObjectNode namespace) {
    return new PolicyNamespace(
        namespace.at("/metadata/name").asText(), PolicyPod.labels(namespace));
  }
}
