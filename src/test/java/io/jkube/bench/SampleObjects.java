package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;

/** The objects that are measured with. */
final class SampleObjects {
  static final String PODS = "/api/v1/namespaces/default/pods";
  static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

  private SampleObjects() {}

  /** A pod that runs {@code sleep}. */
  static ObjectNode pod(String name, String image) {
    var pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).putObject("labels").put("app", "bench");
    var spec = pod.putObject("spec").put("terminationGracePeriodSeconds", 0);
    var container = spec.putArray("containers").addObject();
    container.put("name", "main").put("image", image);
    container.putArray("command").add("sleep").add("3600");
    return pod;
  }

  /** A pod that no scheduler takes, padded so that it is served as about {@code bytes}. */
  static ObjectNode waitingPod(String name, int bytes) {
    var pod = pod(name, "busybox:1.36");
    ((ObjectNode) pod.get("spec")).put("schedulerName", "nobody");
    int others = 1_350;
    ((ObjectNode) pod.get("metadata"))
        .putObject("annotations")
        .put("padding", "x".repeat(Math.max(0, bytes - others)));
    return pod;
  }

  static ObjectNode configMap(String name, int bytes) {
    var map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", name);
    map.putObject("data").put("value", "x".repeat(bytes));
    return map;
  }

  /** Of pods that end at once when they are deleted. */
  static ObjectNode deployment(String name, int replicas) {
    var deployment = Json.object().put("apiVersion", "apps/v1").put("kind", "Deployment");
    deployment.putObject("metadata").put("name", name);
    var spec = deployment.putObject("spec").put("replicas", replicas);
    spec.putObject("selector").putObject("matchLabels").put("app", name);
    var template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("app", name);
    var pod = template.putObject("spec").put("terminationGracePeriodSeconds", 0);
    pod.putArray("containers").addObject().put("name", "main").put("image", "app:1");
    return deployment;
  }
}
