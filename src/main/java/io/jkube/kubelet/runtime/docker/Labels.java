package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The labels by which containers are found again. Those that start with {@code io.kubernetes} are
 * the ones that people and tools look for on any Docker that runs Kubernetes.
 */
final class Labels {
  static final String CLUSTER = "io.jkube.cluster";

  /** Of the network: the folder of the cluster that made it. */
  static final String FOLDER = "io.jkube.folder";

  static final String NODE = "io.jkube.node";
  static final String ATTEMPT = "io.jkube.attempt";
  static final String POD_NAME = "io.kubernetes.pod.name";
  static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
  static final String POD_UID = "io.kubernetes.pod.uid";
  static final String CONTAINER_NAME = "io.kubernetes.container.name";
  static final String RESTART_COUNT = "annotation.io.kubernetes.container.restartCount";
  static final String TYPE = "io.kubernetes.docker.type";
  static final String SANDBOX_ID = "io.kubernetes.sandbox.id";

  static final String SANDBOX_TYPE = "podsandbox";
  static final String CONTAINER_TYPE = "container";

  /** Of a container that belongs to no pod and does something for jkube itself. */
  static final String HELPER_TYPE = "helper";

  /** The container name of a sandbox, in its name and its labels. */
  static final String SANDBOX_NAME = "POD";

  private static final Set<String> OURS =
      Set.of(
          CLUSTER,
          NODE,
          ATTEMPT,
          POD_NAME,
          POD_NAMESPACE,
          POD_UID,
          CONTAINER_NAME,
          RESTART_COUNT,
          TYPE,
          SANDBOX_ID);

  private Labels() {}

  /** Labels of what is of a pod; {@code further} yields to ours. */
  static Map<String, String> of(
      NodeScope scope, PodRef pod, String container, int attempt, Map<String, String> further) {
    var labels = new HashMap<>(further);
    labels.put(CLUSTER, scope.cluster());
    labels.put(NODE, scope.node());
    labels.put(POD_NAME, pod.name());
    labels.put(POD_NAMESPACE, pod.namespace());
    labels.put(POD_UID, pod.uid());
    labels.put(CONTAINER_NAME, container);
    labels.put(ATTEMPT, Integer.toString(attempt));
    return labels;
  }

  static String containerName(String container, PodRef pod, int attempt) {
    return String.join(
        "_", "k8s", container, pod.name(), pod.namespace(), pod.uid(), Integer.toString(attempt));
  }

  /** What {@code further} was, of labels as the engine tells them. */
  static Map<String, String> further(JsonNode labels) {
    var further = new HashMap<String, String>();
    labels
        .properties()
        .forEach(
            label -> {
              if (!OURS.contains(label.getKey())) {
                further.put(label.getKey(), label.getValue().asText());
              }
            });
    return Map.copyOf(further);
  }

  static PodRef pod(JsonNode labels) {
    return new PodRef(
        labels.path(POD_NAMESPACE).asText(),
        labels.path(POD_NAME).asText(),
        labels.path(POD_UID).asText());
  }

  static int attempt(JsonNode labels) {
    return labels.path(ATTEMPT).asInt();
  }

  /** A {@code filters} query: all labels have to match. */
  static String filter(String... labels) {
    return filter(Map.of("label", Stream.of(labels).toList()));
  }

  static String filter(Map<String, List<String>> filters) {
    var object = Json.object();
    filters.forEach((name, values) -> values.forEach(object.withArray(name)::add));
    return Engine.encoded(object.toString());
  }
}
