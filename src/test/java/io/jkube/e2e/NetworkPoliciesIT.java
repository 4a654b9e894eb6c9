package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Network policies between real pods of one bridge: what passes and what does not. */
@Timeout(180)
final class NetworkPoliciesIT {
  private static final Map<String, String> CONTAINERS = new HashMap<>();
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    user.kubectl("create", "namespace", "other").expectSuccess();
    create(
        pod("default", "server", "app: server"),
        pod("default", "friend", "app: friend"),
        pod("default", "stranger", "app: stranger"),
        pod("other", "foreigner", "app: friend"),
        """
        apiVersion: v1
        kind: Service
        metadata: {name: server}
        spec:
          selector: {app: server}
          ports: [{port: 80, targetPort: http}]
        """);
    for (var namespace : List.of("default", "other")) {
      user.kubectl(
              "wait", "-n", namespace, "--for=condition=Ready", "pod", "--all", "--timeout=60s")
          .expectSuccess();
    }
    user.await("the way", () -> reaches("friend", clusterIp(), 80));
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @AfterEach
  void withoutPolicies() throws Exception {
    user.kubectl("delete", "networkpolicy", "--all").expectSuccess();
    user.await("all to be open again", () -> reaches("stranger", address("server"), 8080));
    user.await(
        "no table",
        () -> !user.run(List.of("/usr/sbin/nft", "list", "tables")).stdout().contains(table()));
  }

  @Test
  void onlyFriendsReachAnIsolatedPodDirectlyAndThroughItsService() throws Exception {
    var said =
        policy(
            """
            podSelector: {matchLabels: {app: server}}
            ingress:
            - from: [{podSelector: {matchLabels: {app: friend}}}]
              ports: [{port: http}]
            """);
    assertFalse(said.contains("Warning"), said);
    var server = address("server");
    user.await("strangers to be kept out", () -> !reaches("stranger", server, 8080));
    assertTrue(reaches("friend", server, 8080), "a friend directly");
    assertFalse(reaches("friend", server, 8081), "a friend at another port");
    assertTrue(reaches("friend", clusterIp(), 80), "a friend through the Service");
    assertFalse(reaches("stranger", clusterIp(), 80), "a stranger through the Service");
    assertFalse(reaches("foreigner", server, 8080), "a friend's label in another namespace");
    assertTrue(reaches("server", server, 8080), "itself");
    assertTrue(reaches("server", clusterIp(), 80), "itself through its Service");
    assertTrue(hostReaches(server, 8080), "the node, whose probes pass");
  }

  @Test
  void denyingAllThatLeavesLeavesTheNodeAndAnswers() throws Exception {
    policy("podSelector: {matchLabels: {app: stranger}}\npolicyTypes: [Egress]\n");
    user.await("no way out", () -> !reaches("stranger", address("server"), 8080));
    assertFalse(resolves("stranger"), "names are asked of a pod");
    assertTrue(reaches("friend", address("stranger"), 8080), "it answers");
    policy(
        """
        podSelector: {matchLabels: {app: stranger}}
        policyTypes: [Egress]
        egress:
        - to:
          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
            podSelector: {matchLabels: {k8s-app: kube-dns}}
          ports: [{port: 53, protocol: UDP}]
        - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}]
          ports: [{port: 8000, endPort: 8080}]
        """);
    user.await("names", () -> resolves("stranger"));
    assertTrue(reaches("stranger", address("foreigner"), 8080), "a selected namespace");
    assertFalse(reaches("stranger", address("foreigner"), 8081), "a port behind the range");
    assertFalse(reaches("stranger", address("server"), 8080), "another namespace");
  }

  @Test
  void blocksOfAddressesHaveTheirExceptions() throws Exception {
    policy(
        """
        podSelector: {matchLabels: {app: server}}
        ingress:
        - from:
          - ipBlock: {cidr: 0.0.0.0/0, except: [%s/32]}
        """
            .formatted(address("stranger")));
    var server = address("server");
    user.await("the exception", () -> !reaches("stranger", server, 8080));
    assertTrue(reaches("friend", server, 8080));
    assertTrue(reaches("foreigner", server, 8081));
  }

  @Test
  void podsThatComeLaterAreJudgedAndAKilledServerLeavesTheRules() throws Exception {
    policy("podSelector: {matchLabels: {app: server}}\n");
    var server = address("server");
    user.await("isolation", () -> !reaches("friend", server, 8080));
    kill();
    assertFalse(reaches("friend", server, 8080), "rules stay");
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    policy(
        """
        podSelector: {matchLabels: {app: server}}
        ingress: [{from: [{podSelector: {matchLabels: {app: late}}}]}]
        """);
    create(pod("default", "late", "app: late"));
    user.kubectl("wait", "--for=condition=Ready", "pod/late", "--timeout=60s").expectSuccess();
    user.await("the late one", () -> reaches("late", server, 8080));
    assertFalse(reaches("friend", server, 8080));
    user.kubectl("delete", "pod", "late").expectSuccess();
  }

  private static void kill() throws Exception {
    var record = user.jkubeHome().resolve(user.cluster()).resolve("server.json");
    var pid = Json.parse(Files.readAllBytes(record)).path("pid").asLong();
    var process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(30, TimeUnit.SECONDS);
  }

  private static String policy(String spec) throws Exception {
    var file = Files.createTempFile(user.home(), "policy", ".yaml");
    Files.writeString(
        file,
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n"
            + spec.indent(2));
    var said = user.kubectl("apply", "-f", file.toString());
    assertEquals(0, said.exitCode(), said::toString);
    return said.toString();
  }

  private static void create(String... objects) throws Exception {
    var file = Files.createTempFile(user.home(), "objects", ".yaml");
    Files.writeString(file, String.join("---\n", objects));
    user.kubectl("create", "-f", file.toString()).expectSuccess();
  }

  private static String pod(String namespace, String name, String label) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: %s, labels: {%s}}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - name: main
            image: %s
            command: [sh, -c, "mkdir /w; httpd -p 8081 -h /w; exec httpd -f -p 8080 -h /w"]
            ports: [{name: http, containerPort: 8080}]
            readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
        """
        .formatted(name, namespace, label, BusyboxImage.NAME);
  }

  private static String clusterIp() throws Exception {
    return user.kubectl("get", "service", "server", "-o", "jsonpath={.spec.clusterIP}")
        .expectSuccess();
  }

  private static String address(String pod) throws Exception {
    return user.kubectl("get", "pod", pod, "-n", namespace(pod), "-o", "jsonpath={.status.podIP}")
        .expectSuccess();
  }

  private static String namespace(String pod) {
    return pod.equals("foreigner") ? "other" : "default";
  }

  private static boolean reaches(String pod, String host, int port) throws Exception {
    return inPod(pod, "nc -w 1 " + host + " " + port + " < /dev/null");
  }

  private static boolean resolves(String pod) throws Exception {
    return inPod(pod, "timeout 2 nslookup server.default.svc.cluster.local");
  }

  private static boolean hostReaches(String host, int port) throws Exception {
    return user.run(List.of("bash", "-c", "exec 3<>/dev/tcp/" + host + "/" + port)).exitCode() == 0;
  }

  private static boolean inPod(String pod, String script) throws Exception {
    var id = CONTAINERS.get(pod);
    if (id == null) {
      id =
          user.docker(
                  "ps",
                  "-q",
                  "--filter",
                  "label=io.jkube.cluster=" + user.cluster(),
                  "--filter",
                  "name=k8s_main_" + pod + "_")
              .expectSuccess()
              .strip();
      CONTAINERS.put(pod, id);
    }
    return user.run(List.of("docker", "exec", id, "sh", "-c", script)).exitCode() == 0;
  }

  private static String table() {
    return "jkube-" + user.cluster() + ".policies";
  }
}
