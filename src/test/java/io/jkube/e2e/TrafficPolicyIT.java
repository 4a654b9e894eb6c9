package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services whose clients are led to what is near them, on two nodes. */
@Timeout(180)
final class TrafficPolicyIT {
  private static UserMachine user;
  private static String second;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0", "--nodes", "2").expectSuccess();
    second = user.cluster() + "-2";
    var manifest = Files.createTempFile(user.home(), "traffic", ".yaml");
    Files.writeString(
        manifest,
        String.join(
            "---\n",
            pod("one", user.cluster()),
            pod("two", second),
            service("local", "internalTrafficPolicy: Local"),
            service("near", "trafficDistribution: PreferSameNode"),
            service(
                "checked",
                "type: LoadBalancer\n  loadBalancerClass: example.com/none\n"
                    + "  externalTrafficPolicy: Local")));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod", "--all", "--timeout=90s").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  void clientsAreLedToWhatIsOnTheirNodeAndOnlyAWishFallsBack() throws Exception {
    for (var name : List.of("local", "near")) {
      for (var pod : List.of("one", "two")) {
        user.await(name + " from " + pod, () -> pod.equals(ask(pod, name)));
        for (int i = 0; i < 6; i++) {
          assertEquals(pod, ask(pod, name), name);
        }
      }
    }
    assertEquals(200, health().statusCode());
    assertTrue(health().body().contains("\"localEndpoints\":2"), health()::body);

    user.kubectl("label", "pod", "two", "app-").expectSuccess();
    user.await("the wish to fall back", () -> ask("two", "near").equals("one"));
    user.await("nothing on the node", () -> ask("two", "local").isEmpty());
    assertEquals("one", ask("one", "local"));
    user.await("the check", () -> health().body().contains("\"localEndpoints\":1"));
  }

  private static HttpResponse<String> health() throws Exception {
    var port =
        user.kubectl("get", "service", "checked", "-o", "jsonpath={.spec.healthCheckNodePort}")
            .expectSuccess();
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Which pod answers; empty where none does. */
  private static String ask(String pod, String service) throws IOException, InterruptedException {
    var id =
        user.docker(
                "ps",
                "-q",
                "--filter",
                "label=io.jkube.cluster=" + user.cluster(),
                "--filter",
                "name=k8s_main_" + pod + "_")
            .expectSuccess()
            .strip();
    var script =
        "nc -w 2 $(nslookup "
            + service
            + ".default.svc.cluster.local 2>&1"
            + " | sed -n 's/^Address: //p' | tail -n 1) 80 < /dev/null";
    return user.run(List.of("docker", "exec", id, "sh", "-c", script)).stdout().strip();
  }

  private static String service(String name, String more) {
    return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s}
        spec:
          selector: {app: near}
          ports: [{port: 80, targetPort: 7000}]
          %s
        """
        .formatted(name, more);
  }

  private static String pod(String name, String node) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %1$s, labels: {app: near}}
        spec:
          nodeName: %2$s
          terminationGracePeriodSeconds: 0
          containers:
          - name: main
            image: %3$s
            command: [nc, -ll, -p, "7000", -e, echo, %1$s]
        """
        .formatted(name, node, BusyboxImage.NAME);
  }
}
