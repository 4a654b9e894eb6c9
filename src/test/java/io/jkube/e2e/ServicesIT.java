package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.Outcome;
import io.jkube.testing.UserMachine;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services of real pods: by name and address from pods, and from this machine. */
@Timeout(120)
final class ServicesIT {
  private static final String DOMAIN = "default.svc.cluster.local";
  private static UserMachine user;
  private static int balanced;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    balanced = freePort();
    var manifest = Files.createTempFile(user.home(), "services", ".yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: web
                image: %1$s
                command: [sh, -c, "mkdir /w; echo hello > /w/index.html; hostname > /w/name; exec httpd -f -p 8080 -h /w"]
                ports: [{name: http, containerPort: 8080}]
                readinessProbe: {tcpSocket: {port: http}, periodSeconds: 1}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: NodePort
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: http}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: each}
        spec:
          clusterIP: None
          selector: {app: web}
          ports: [{name: http, port: 8080}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: open}
        spec:
          type: LoadBalancer
          selector: {app: web}
          ports: [{port: %2$d, targetPort: http}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: empty}
        spec:
          selector: {app: nobody}
          ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client, labels: {app: client}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - {name: main, image: %1$s, command: [sleep, "3600"]}
        """
            .formatted(BusyboxImage.NAME, balanced));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  void podsReachAServiceByItsName() throws Exception {
    user.await("an answer by name", () -> request("web", 80).contains("hello"));
    assertTrue(request("web.default", 80).contains("hello"));
    assertTrue(request(clusterIp("web"), 80).contains("hello"));
  }

  @Test
  void podsAndThisMachineReachAPodByItsAddress() throws Exception {
    var addresses =
        user.kubectl("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.podIP}")
            .expectSuccess()
            .split(" ");
    assertEquals(2, addresses.length);
    for (var address : addresses) {
      assertTrue(request(address, 8080).contains("hello"), address);
      assertEquals("hello\n", get("http://" + address + ":8080/"));
    }
  }

  @Test
  void aClientKeepsItsPodAsLongAsItsServiceHasAffinity() throws Exception {
    user.kubectl(
            "expose",
            "deployment",
            "web",
            "--name=sticky",
            "--type=NodePort",
            "--port=80",
            "--target-port=http",
            "--session-affinity=ClientIP")
        .expectSuccess();
    var node = user.kubectl("get", "pod", "client", "-o", "jsonpath={.status.hostIP}");
    var doors =
        List.of(
            clusterIp("sticky") + " 80",
            node.expectSuccess() + " " + field("sticky", "{.spec.ports[0].nodePort}"));
    for (var door : doors) {
      user.await("an answer at " + door, () -> !podsBehind(door).isEmpty());
      assertEquals(1, podsBehind(door).size(), door);
    }
    user.kubectl("patch", "service", "sticky", "-p", "{\"spec\":{\"sessionAffinity\":\"None\"}}")
        .expectSuccess();
    for (var door : doors) {
      user.await("both pods at " + door, () -> podsBehind(door).size() == 2);
    }
    user.kubectl(
            "patch", "service", "sticky", "-p", "{\"spec\":{\"sessionAffinity\":\"ClientIP\"}}")
        .expectSuccess();
    for (var door : doors) {
      user.await("one pod at " + door, () -> podsBehind(door).size() == 1);
      assertEquals(1, podsBehind(door).size(), door);
    }
  }

  /** Who answers where a client comes many times. */
  private static Set<String> podsBehind(String door) throws Exception {
    var visit = "printf 'GET /name HTTP/1.0\\r\\n\\r\\n' | nc -w 3 " + door;
    return inPod("i=0; while [ $i -lt 12 ]; do i=$((i + 1)); " + visit + "; done")
        .stdout()
        .lines()
        .filter(line -> line.startsWith("web-"))
        .collect(Collectors.toSet());
  }

  @Test
  void aPodReachesItselfThroughItsService() throws Exception {
    user.kubectl("expose", "pod", "client", "--name=self", "--port=80", "--target-port=7000")
        .expectSuccess();
    inPod("nc -ll -p 7000 -e echo me > /dev/null 2>&1 &");
    user.await("itself", () -> request("self", 80).contains("me"));
  }

  @Test
  void podsFindWhatNamesStandFor() throws Exception {
    assertTrue(lookUp("web." + DOMAIN).contains("Address: " + clusterIp("web")));
    assertTrue(lookUp(clusterIp("web")).contains("web." + DOMAIN));
    assertTrue(lookUp("kubernetes." + DOMAIN).contains("Address: " + clusterIp("kubernetes")));
    assertTrue(lookUp("nobody." + DOMAIN).contains("NXDOMAIN"));
    user.await(
        "both pods behind the headless service",
        () -> lookUp("each." + DOMAIN).split("Address: ", -1).length == 3);
  }

  @Test
  void theApiAnswersPods() throws Exception {
    var said =
        inPod("printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 kubernetes.default 443 | wc -c")
            .stdout();
    assertFalse(said.strip().equals("0"), "the API's TLS says something: " + said);
  }

  @Test
  void thisMachineReachesClusterIpNodePortAndLoadBalancer() throws Exception {
    assertEquals("hello\n", get("http://" + clusterIp("web") + "/"));
    var nodePort = field("web", "{.spec.ports[0].nodePort}");
    user.await("the node port", () -> get("http://127.0.0.1:" + nodePort + "/").equals("hello\n"));
    user.await(
        "an address",
        () -> field("open", "{.status.loadBalancer.ingress[0].ip}").equals("127.0.0.1"));
    assertEquals("hello\n", get("http://127.0.0.1:" + balanced + "/"));
    var url = user.jkube("service", "web", "--url").expectSuccess();
    assertEquals("http://127.0.0.1:" + nodePort + "\n", url);
  }

  @Test
  void aServiceThatNobodyServesRefusesAtOnce() throws Exception {
    long begin = System.nanoTime();
    var said = inPod("nc -w 20 " + clusterIp("empty") + " 80 < /dev/null");
    assertFalse(said.exitCode() == 0, said::toString);
    var unused = clusterIp("kubernetes").replaceFirst("0\\.1$", "255.1");
    var nowhere = inPod("nc -w 20 " + unused + " 80 < /dev/null");
    assertFalse(nowhere.exitCode() == 0, nowhere::toString);
    var took = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(took.toSeconds() < 15, "refused, not timed out: " + took);
  }

  @Test
  void addressesOfAnotherRangeAreRefusedToo() throws Exception {
    var manifest = Files.createTempFile(user.home(), "range", ".yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: further}
        spec: {cidrs: [198.18.77.0/24]}
        """);
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.await(
        "a refusal",
        () -> inPod("nc -w 2 198.18.77.9 80 < /dev/null").stderr().contains("refused"));
    user.kubectl("delete", "servicecidr", "further").expectSuccess();
  }

  @Test
  void aSecondClusterHasOtherAddressesThisMachineReachesBoth() throws Exception {
    var second = "s" + user.cluster();
    var own = clusterIp("kubernetes");
    try {
      user.jkube("start", "--name", second, "--port", "0").expectSuccess();
      var other =
          user.kubectl(
                  "--context",
                  second,
                  "get",
                  "service",
                  "kubernetes",
                  "-o",
                  "jsonpath={.spec.clusterIP}")
              .expectSuccess();
      assertNotEquals(own, other);
      for (var address : List.of(other, own)) {
        user.await(
            "the API at " + address,
            () ->
                user.run(List.of("bash", "-c", "exec 3<>/dev/tcp/" + address + "/443")).exitCode()
                    == 0);
      }
    } finally {
      user.jkube("delete", "--name", second).expectSuccess();
      user.kubectl("config", "use-context", user.cluster()).expectSuccess();
    }
  }

  @Test
  void aTakenPortLeavesTheLoadBalancerPendingAndNamesTheHolder() throws Exception {
    user.kubectl("create", "service", "loadbalancer", "late", "--tcp=" + balanced + ":8080")
        .expectSuccess();
    user.await(
        "an event",
        () ->
            user.kubectl("get", "events", "-o", "jsonpath={.items[*].message}")
                .stdout()
                .contains(
                    "port " + balanced + " of 127.0.0.1 is held by service \"default/open\""));
    assertTrue(user.kubectl("get", "service", "late").stdout().contains("<pending>"));
    user.kubectl("delete", "service", "late").expectSuccess();
  }

  @Test
  void rulesSurviveAKillAndAreMadeAnew() throws Exception {
    var address = clusterIp("web");
    var record = user.jkubeHome().resolve(user.cluster()).resolve("server.json");
    var pid = Json.parse(Files.readAllBytes(record)).path("pid").asLong();
    var server = ProcessHandle.of(pid).orElseThrow();
    server.destroyForcibly();
    server.onExit().get(30, TimeUnit.SECONDS);
    assertEquals("hello\n", get("http://" + address + "/"), "rules stay");
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    user.await("an answer by name", () -> request("web", 80).contains("hello"));
  }

  private static String clusterIp(String service) throws Exception {
    return field(service, "{.spec.clusterIP}");
  }

  private static String field(String service, String path) throws Exception {
    return user.kubectl("get", "service", service, "-o", "jsonpath=" + path).expectSuccess();
  }

  /** What a web server says; busybox' static wget knows no names. */
  private static String request(String host, int port) throws Exception {
    return inPod("printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 " + host + " " + port).stdout();
  }

  private static String lookUp(String name) throws Exception {
    return inPod("nslookup " + name + " 2>&1").stdout();
  }

  private static Outcome inPod(String script) throws IOException, InterruptedException {
    var id =
        user.docker(
                "ps",
                "-q",
                "--filter",
                "label=io.jkube.cluster=" + user.cluster(),
                "--filter",
                "name=k8s_main_client")
            .expectSuccess()
            .strip();
    return user.run(List.of("docker", "exec", id, "sh", "-c", script));
  }

  private static String get(String url) throws InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException failure) {
      return failure.toString();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
