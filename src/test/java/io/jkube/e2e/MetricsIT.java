package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What pods use, as kubectl top shows it and the autoscaler follows it. */
final class MetricsIT {
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    var manifest = user.home().resolve("busy.yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: busy}
        spec:
          replicas: 1
          selector: {matchLabels: {app: busy}}
          template:
            metadata: {labels: {app: busy}}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: main
                image: %1$s
                command: [sh, -c, "while true; do :; done"]
                resources: {requests: {cpu: 50m}, limits: {cpu: 200m}}
              - name: idle
                image: %1$s
                command: [sleep, "3600"]
                resources: {requests: {cpu: 10m}}
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.kubectl("rollout", "status", "deployment/busy", "--timeout=60s").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  private static JsonNode raw(String path) throws Exception {
    var text = user.kubectl("get", "--raw", path).expectSuccess();
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void topTellsWhatIsUsed() throws Exception {
    var containers =
        user.kubectl("top", "pod", "-l", "app=busy", "--containers", "--no-headers")
            .expectSuccess()
            .strip()
            .lines()
            .map(line -> line.split("\\s+"))
            .toList();
    assertEquals(2, containers.size());
    for (var words : containers) {
      int millis = Integer.parseInt(words[2].replace("m", ""));
      boolean busy = words[1].equals("main");
      assertTrue(busy ? millis > 20 && millis < 400 : millis < 20, words[1] + " " + words[2]);
    }
    var nodes = user.kubectl("top", "node").expectSuccess();
    assertTrue(nodes.startsWith("NAME"), nodes);
    assertTrue(nodes.lines().skip(1).findFirst().orElseThrow().startsWith(user.cluster()), nodes);
    assertFalse(nodes.contains("<unknown>"), nodes);
  }

  @Test
  void theKubeletTellsItThroughItsNode() throws Exception {
    var proxy = "/api/v1/nodes/" + user.cluster() + ":10250/proxy";
    var summary = raw(proxy + "/stats/summary");
    assertEquals(user.cluster(), summary.at("/node/nodeName").asText());
    assertTrue(summary.at("/pods/0/containers/0/memory/workingSetBytes").asLong() > 0);
    assertEquals("ok", user.kubectl("get", "--raw", proxy + "/healthz").expectSuccess());
    assertEquals(
        "KubeletConfiguration", raw(proxy + "/configz").at("/kubeletconfig/kind").asText());
    assertEquals("PodList", raw(proxy + "/pods").path("kind").asText());
    var text = user.kubectl("get", "--raw", proxy + "/metrics/resource").expectSuccess();
    assertTrue(text.contains("container_cpu_usage_seconds_total{container=\"main\""), text);
  }

  @Test
  void theAutoscalerFollowsIt() throws Exception {
    user.kubectl("autoscale", "deployment", "busy", "--cpu=50%", "--min=1", "--max=2")
        .expectSuccess();
    user.await(
        "a second pod of a busy deployment",
        () ->
            user.kubectl("get", "deployment", "busy", "-o", "jsonpath={.spec.replicas}")
                .expectSuccess()
                .equals("2"));
    var shown = user.kubectl("get", "hpa", "busy", "-o", "jsonpath={.status.conditions}");
    assertTrue(shown.expectSuccess().contains("ValidMetricFound"), shown.toString());
  }
}
