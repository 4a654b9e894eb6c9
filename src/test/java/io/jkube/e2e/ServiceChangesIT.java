package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.HttpLoad;
import io.jkube.testing.UserMachine;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What clients of a Service notice of changes behind it; Services of datagrams; a chart of some.
 */
@Timeout(180)
final class ServiceChangesIT {
  private static final String UDP_SERVER =
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.bind(("", 7000))
      while True:
        said, who = s.recvfrom(100)
        s.sendto(b"got " + said, who)
      """;

  private static final String UDP_CLIENT =
      """
      import socket, sys
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.settimeout(2)
      s.connect((sys.argv[1], int(sys.argv[2])))
      s.send(b"hello")
      sys.exit(0 if s.recv(100) == b"got hello" else 1)
      """;

  /** Each part says its name and asks the next one by that one's name. */
  private static final String CHART =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: "{{ .Release.Name }}-scripts"}
      data:
        ask: |
          #!/bin/sh
          printf 'Content-Type: text/plain\\r\\n\\r\\n%s ' "$PART"
          if [ -z "$NEXT" ]; then echo "$GREETING"; exit; fi
          printf 'GET /cgi-bin/ask HTTP/1.0\\r\\n\\r\\n' | nc -w 5 "$NEXT" 80 | tail -n 1
      {{- range $part, $next := .Values.parts }}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: "{{ $.Release.Name }}-{{ $part }}"}
      spec: {selector: {part: "{{ $part }}"}, ports: [{port: 80, targetPort: http}]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: "{{ $.Release.Name }}-{{ $part }}"}
      spec:
        selector: {matchLabels: {part: "{{ $part }}"}}
        template:
          metadata: {labels: {part: "{{ $part }}"}}
          spec:
            terminationGracePeriodSeconds: 1
            volumes:
            - {name: scripts, configMap: {name: "{{ $.Release.Name }}-scripts", defaultMode: 0755}}
            containers:
            - name: main
              image: IMAGE
              command: [httpd, -f, -p, "80", -h, /w]
              env:
              - {name: PART, value: "{{ $part }}"}
              - {name: NEXT, value: "{{ with $next }}{{ $.Release.Name }}-{{ . }}{{ end }}"}
              - {name: GREETING, value: "{{ $.Values.greeting }}"}
              ports: [{name: http, containerPort: 80}]
              readinessProbe: {tcpSocket: {port: http}, periodSeconds: 1}
              volumeMounts: [{name: scripts, mountPath: /w/cgi-bin}]
      {{- end }}
      """;

  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static UserMachine user;
  private static int balanced;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    balanced = freePort();
    create(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 10
              containers:
              - name: web
                image: %1$s
                command: [sh, -c, "mkdir /w; echo hello > /w/index.html; exec httpd -f -p 8080 -h /w"]
                readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
                lifecycle: {preStop: {exec: {command: [sleep, "2"]}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: LoadBalancer
          selector: {app: web}
          ports: [{port: %2$d, targetPort: 8080}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: echo, labels: {app: echo}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: main
            image: %1$s
            command: [sleep, "3600"]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: echo}
        spec:
          type: LoadBalancer
          selector: {app: echo}
          ports: [{port: %2$d, targetPort: 7000, protocol: UDP}]
        """
            .formatted(BusyboxImage.NAME, balanced));
    user.kubectl("rollout", "status", "deployment", "web", "--timeout=60s").expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod", "echo", "--timeout=60s").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  void noRequestFailsWhileADeploymentIsUpdated() throws Exception {
    user.await(
        "the load balancer",
        () -> field("web", "{.status.loadBalancer.ingress[0].ip}").equals("127.0.0.1"));
    var ways =
        List.of(
            HttpLoad.at(field("web", "{.spec.clusterIP}"), balanced),
            HttpLoad.at("127.0.0.1", balanced),
            HttpLoad.at("127.0.0.1", nodePort("web")));
    try (var load = HttpLoad.start(ways, 2)) {
      user.kubectl("rollout", "restart", "deployment", "web").expectSuccess();
      user.kubectl("rollout", "status", "deployment", "web", "--timeout=120s").expectSuccess();
      user.await(
          "only new pods",
          () ->
              user.kubectl("get", "pods", "-l", "app=web", "-o", "name").stdout().lines().count()
                  == 3);
      assertTrue(load.requests() > 100, load.requests() + " requests");
      assertEquals(List.of(), load.failures());
    }
  }

  /** busybox knows no datagrams: whoever sends and answers is only in the networks of the pods. */
  @Test
  void datagramsFindAServiceAtItsAddressItsNodePortAndOnLocalhost() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may enter networks");
    assumeTrue(Files.isExecutable(PYTHON), "nothing here speaks UDP but " + PYTHON);
    var log = user.home().resolve("datagrams.log").toFile();
    var server = new ProcessBuilder(inNetworkOf("echo", UDP_SERVER)).redirectErrorStream(true);
    var answering = server.redirectOutput(log).start();
    try {
      var clusterIp = field("echo", "{.spec.clusterIP}");
      var node = user.kubectl("get", "pod", "echo", "-o", "jsonpath={.status.hostIP}");
      var nodePort = nodePort("echo");
      var pod =
          user.kubectl("get", "pod", "echo", "-o", "jsonpath={.status.podIP}").expectSuccess();
      for (var door :
          List.of(
              pod + " 7000", clusterIp + " " + balanced, node.expectSuccess() + " " + nodePort)) {
        user.await(
            "an answer to a pod at " + door,
            () -> user.run(inNetworkOf("web", UDP_CLIENT, door.split(" "))).exitCode() == 0);
      }
      user.await("an answer of the pod itself", () -> answers(pod, 7000));
      user.await("an answer at the cluster IP", () -> answers(clusterIp, balanced));
      user.await("an answer at the node port", () -> answers("127.0.0.1", nodePort));
      user.await("an answer at the load balancer", () -> answers("127.0.0.1", balanced));
    } finally {
      answering.destroyForcibly().waitFor();
    }
  }

  private static List<String> inNetworkOf(String pod, String program, String... words)
      throws Exception {
    var id =
        user.docker(
                "ps",
                "-q",
                "--filter",
                "label=io.jkube.cluster=" + user.cluster(),
                "--filter",
                "name=k8s_.*_" + pod)
            .expectSuccess()
            .lines()
            .findFirst()
            .orElseThrow();
    var pid = user.docker("inspect", "-f", "{{.State.Pid}}", id).expectSuccess().strip();
    var command = List.of("nsenter", "-n", "-t", pid, PYTHON.toString(), "-c", program);
    return Stream.concat(command.stream(), Stream.of(words)).toList();
  }

  private static boolean answers(String address, int port) throws Exception {
    var client = List.of(PYTHON.toString(), "-c", UDP_CLIENT, address, Integer.toString(port));
    return user.run(client).exitCode() == 0;
  }

  @Test
  void servicesOfAChartTalkToEachOther() throws Exception {
    var chart = Files.createDirectories(user.home().resolve("chart/templates")).getParent();
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 0.1.0\n");
    Files.writeString(
        chart.resolve("values.yaml"),
        "parts: {front: logic, logic: store, store: ''}\ngreeting: hello\n");
    Files.writeString(
        chart.resolve("templates/parts.yaml"), CHART.replace("IMAGE", BusyboxImage.NAME));
    helm("install");
    var front = "http://" + field("shop-front", "{.spec.clusterIP}") + "/cgi-bin/ask";
    user.await("an answer", () -> get(front).equals("front logic store hello\n"));
    helm("upgrade", "--set", "greeting=bye");
    user.await("the new answer", () -> get(front).equals("front logic store bye\n"));
    user.client("helm", "uninstall", "shop", "--wait", "--timeout=90s").expectSuccess();
    assertTrue(
        user.kubectl("get", "services")
            .expectSuccess()
            .lines()
            .noneMatch(line -> line.startsWith("shop-")));
  }

  private static void helm(String verb, String... words) throws Exception {
    var command = new ArrayList<>(List.of(verb, "shop", user.home().resolve("chart").toString()));
    command.addAll(List.of("--wait", "--timeout=90s"));
    command.addAll(List.of(words));
    user.client("helm", command.toArray(String[]::new)).expectSuccess();
  }

  private static String get(String url) throws InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException failure) {
      return failure.toString();
    }
  }

  private static void create(String manifest) throws Exception {
    var file = Files.createTempFile(user.home(), "objects", ".yaml");
    Files.writeString(file, manifest);
    user.kubectl("create", "-f", file.toString()).expectSuccess();
  }

  private static int nodePort(String service) throws Exception {
    return Integer.parseInt(field(service, "{.spec.ports[0].nodePort}"));
  }

  private static String field(String service, String path) throws Exception {
    return user.kubectl("get", "service", service, "-o", "jsonpath=" + path).expectSuccess();
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
