package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports of real pods: kubectl 1.35 tunnels through a WebSocket, kubectl 1.27 speaks plain SPDY. */
@Timeout(180)
final class PortForwardIT {
  private static final Pattern LOCAL = Pattern.compile("Forwarding from 127.0.0.1:(\\d+) ->");

  private static UserMachine user;
  private static String digest;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    var manifest = Files.createTempFile(user.home(), "web", ".yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: main
            image: %s
            command: [sh, -c, "mkdir /www; echo hello > /www/index.html;
              httpd -h /www -p 127.0.0.1:8082;
              (while true; do nc -l -p 8081 -e wc -c; done) &
              head -c 20000000 /dev/urandom > /www/big; exec httpd -f -h /www -p 8080"]
            readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s").expectSuccess();
    var sum = user.kubectl("exec", "web", "--", "sha1sum", "/www/big").expectSuccess();
    digest = sum.substring(0, sum.indexOf(' '));
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @ParameterizedTest
  @CsvSource({
    "kubectl, pod/web, :8080",
    "kubectl, svc/web, :80",
    "kubectl, pod/web, :8082",
    "kubectl-1.27, pod/web, :8080",
    "kubectl-1.27, svc/web, :80",
    "jkube, web, :8080",
    "jkube, svc/web, :80"
  })
  void manyConnectionsAtOnceReachThePod(String kubectl, String target, String port)
      throws Exception {
    try (var forward = new Forward(kubectl, target, port);
        var http = HttpClient.newHttpClient()) {
      var requests = IntStream.range(0, 20).mapToObj(i -> get(http, forward.port, "/")).toList();
      var sha1 = MessageDigest.getInstance("SHA-1").digest(get(http, forward.port, "/big").join());
      assertEquals(digest, HexFormat.of().formatHex(sha1));
      for (var request : requests) {
        assertEquals("hello\n", new String(request.join()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void aPortNobodyListensOnIsSaid(String kubectl) throws Exception {
    try (var forward = new Forward(kubectl, "pod/web", ":81");
        var http = HttpClient.newHttpClient()) {
      var failed = get(http, forward.port, "/").handle((answer, failure) -> failure != null);
      assertTrue(failed.get(30, TimeUnit.SECONDS));
      forward.process.waitFor(30, TimeUnit.SECONDS);
      var said = Files.readString(forward.output);
      assertTrue(said.contains("error forwarding port 81 to pod web_default, uid"), said);
    }
  }

  @Test
  void theEndOfInputReachesThePodThroughJkube() throws Exception {
    try (var forward = new Forward("jkube", "pod/web", ":8081");
        var socket = new Socket("127.0.0.1", forward.port)) {
      socket.getOutputStream().write("all of it".getBytes());
      socket.shutdownOutput();
      assertEquals("9\n", new String(socket.getInputStream().readAllBytes()));
    }
  }

  @Test
  void jkubeTellsOfAClosedPortAndGoesOn() throws Exception {
    try (var forward = new Forward("jkube", "pod/web", ":81")) {
      for (int i = 0; i < 2; i++) {
        try (var socket = new Socket("127.0.0.1", forward.port)) {
          assertEquals(-1, socket.getInputStream().read());
        }
      }
      var handled = "Handling connection for " + forward.port + "\n";
      user.await("the talk", () -> Files.readString(forward.output).split(handled, -1).length == 3);
      var said = Files.readString(forward.output);
      assertTrue(said.contains("error forwarding port 81 to pod web_default, uid"), said);
      assertTrue(forward.process.isAlive());
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var ports = taken.getLocalPort() + ":80";
      var said = user.jkube("port-forward", "web", ports, "--address", "127.0.0.1");
      assertEquals(1, said.exitCode());
      assertTrue(said.stderr().contains("unable to listen on any of the requested ports"));
      assertTrue(said.stdout().contains("address already in use"), said::toString);
    }
  }

  private static CompletableFuture<byte[]> get(HttpClient http, int port, String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(HttpResponse::body);
  }

  /** A running {@code kubectl port-forward}. */
  private static final class Forward implements AutoCloseable {
    final Path output;
    final Process process;
    final int port;

    Forward(String kubectl, String target, String ports) throws Exception {
      output = Files.createTempFile(user.home(), "forward", ".txt");
      process = user.client(output, kubectl, "port-forward", target, ports);
      user.await("the forward", () -> LOCAL.matcher(Files.readString(output)).find());
      var told = LOCAL.matcher(Files.readString(output));
      assertTrue(told.find());
      port = Integer.parseInt(told.group(1));
    }

    @Override
    public void close() throws InterruptedException {
      process.destroy();
      process.waitFor();
    }
  }
}
