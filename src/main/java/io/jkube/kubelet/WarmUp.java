package io.jkube.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;

/**
 * Reads a pod once, in the background, so that the first real one does not pay for loading the
 * model's classes.
 */
final class WarmUp {
  private static final String POD =
      """
      {"metadata": {"name": "first", "labels": {"app": "first"}},
       "spec": {"restartPolicy": "Always", "securityContext": {}, "tolerations": [{}],
                "volumes": [{"name": "v", "projected": {"sources": [{"configMap": {}}]}}],
                "containers": [{"name": "a", "image": "b", "env": [{"name": "A", "value": "1"}],
                  "ports": [{"containerPort": 80}], "volumeMounts": [{"name": "v"}],
                  "resources": {"requests": {"cpu": "1"}, "limits": {"cpu": "1"}}}]},
       "status": {"phase": "Pending"}}
      """;

  private WarmUp() {}

  static void begin() {
    Thread.ofVirtual()
        .name("warm-up")
        .start(() -> Json.as(Json.parse(POD.getBytes(StandardCharsets.UTF_8)), Pod.class));
  }
}
