package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.api.stream.Link;
import io.jkube.api.stream.PipeLink;
import io.jkube.apiserver.stream.PodDial;
import io.jkube.apiserver.subresource.KubeletConnection;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP to a backend through the server. */
@Timeout(20)
final class ProxyTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String POD = PODS + "/web:8080/proxy";
  private static final int REFUSED_PORT = 81;

  @TempDir static Path folder;
  private static ServerSocket backend;
  private static TestServer state;
  private static ApiServer server;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(ProxyTest::serve);
    state = new TestServer(new ToBackend());
    state.post(
        PODS,
        "{'metadata':{'name':'web'},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i',"
            + "'ports':[{'containerPort':8080}]}]}}");
    var pod = state.get(PODS + "/web");
    pod.withObject("/status").put("podIP", "10.244.0.9").put("phase", "Running");
    state.put(PODS + "/web/status", pod);
    state.post(
        "/api/v1/namespaces/default/services",
        "{'metadata':{'name':'svc'},'spec':{'ports':[{'name':'http','port':80}]}}");
    state.post(
        "/api/v1/namespaces/default/services",
        "{'metadata':{'name':'empty'},'spec':{'ports':[{'port':80}]}}");
    state.post(
        "/api/v1/namespaces/default/endpoints",
        "{'metadata':{'name':'svc'},'subsets':[{'addresses':[{'ip':'10.244.0.9','targetRef':"
            + "{'kind':'Pod','namespace':'default','name':'web'}}],"
            + "'ports':[{'name':'http','port':8080}]}]}");
    var keys = new TestKeys(folder);
    server =
        ApiServer.start(
            new ListenSettings("127.0.0.1", 0, true, keys.server(), folder.resolve("s"), 0));
    server.serve(state.chain);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() throws IOException {
    http.close();
    server.close();
    state.close();
    backend.close();
  }

  /** Says what it heard; by path it does what backends do. */
  private static void serve() {
    while (!backend.isClosed()) {
      try {
        var socket = backend.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      var in = socket.getInputStream();
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      var path = head.substring(0, head.indexOf(" HTTP")).replaceFirst(".* ", "");
      var out = socket.getOutputStream();
      if (path.equals("/upgrade")) {
        out.write(bytes("HTTP/1.1 101 Now\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\nHEY "));
        in.transferTo(out);
        return;
      }
      var length = head.toString().replaceAll("(?si).*content-length: (\\d+).*", "$1");
      var body = new String(in.readNBytes(length.matches("\\d+") ? Integer.parseInt(length) : 0));
      out.write(
          bytes(
              switch (path) {
                case "/page" -> "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<a href=\"/b\">";
                case "/away" -> "HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n";
                case "/bad" -> "what?\r\n";
                default ->
                    "HTTP/1.1 418 Teapot\r\nX-Kind: pot\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n"
                        + head
                        + body;
              }));
    } catch (IOException gone) {
      // the test sees what it misses
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A kubelet all of whose pods are the backend. */
  private static final class ToBackend implements KubeletConnection {
    @Override
    public InputStream containerLogs(
        String node, String ns, String pod, String container, Map<String, List<String>> query) {
      throw new AssertionError("nobody asked for logs");
    }

    @Override
    public PodDial portForward(String node, String namespace, String pod) {
      return ToBackend::connect;
    }

    private static Link connect(int port) throws IOException {
      if (port == REFUSED_PORT) {
        throw new IOException("connection refused");
      }
      return new PipeLink(new Socket(backend.getInetAddress(), backend.getLocalPort()));
    }
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.insecurePort() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "/pods/web/proxy/a/b?c=d&watch=true,/a/b?c=d&watch=true",
    "/pods/web:8080/proxy/a/../../b/,/b/",
    "/pods/http:web:8080/proxy/x%20y,/x%20y",
    "/pods/web%3A8080/proxy/queues/%2f/a%2Fb,/queues/%2f/a%2Fb",
    "/pods/web/proxy/..%2f..%2fa/100%25,/..%2f..%2fa/100%25",
    "/pods/web/proxy/e%CC%81/%E4,/e%CC%81/%E4",
    "/pods/web/proxy//a//b,/a/b",
    "/services/svc/proxy/a,/a",
    "/services/svc:80/proxy/a,/a",
    "/services/svc:http/proxy/a,/a"
  })
  void theBackendGetsTheRest(String path, String asked) throws Exception {
    var answer =
        send(to("/api/v1/namespaces/default" + path).header("Authorization", "Bearer secret"));
    assertEquals(418, answer.statusCode(), answer.body());
    assertTrue(answer.body().startsWith("GET " + asked + " HTTP/1.1\r\n"), answer.body());
    assertFalse(answer.body().contains("secret"), answer.body());
    assertEquals(List.of("a=1", "b=2"), answer.headers().allValues("set-cookie"));
    assertEquals("pot", answer.headers().firstValue("x-kind").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"POST", "PUT", "PATCH", "DELETE"})
  void bodiesPassAsTheyAre(String method) throws Exception {
    var body = "k8s\0 this is no object".repeat(10_000);
    var request =
        to(POD + "/in")
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/vnd.kubernetes.protobuf");
    var answer = send(request).body();
    assertTrue(answer.startsWith(method + " /in "), answer.substring(0, 100));
    assertTrue(answer.endsWith(body));
  }

  @Test
  void linksAndRedirectsStayInTheProxy() throws Exception {
    assertEquals("<a href=\"" + POD + "/b\">", send(to(POD + "/page")).body());
    var away = send(to(POD + "/away"));
    assertEquals(302, away.statusCode());
    assertEquals(POD + "/login", away.headers().firstValue("location").orElseThrow());
    var root = send(to(POD + "?a=b"));
    assertEquals(301, root.statusCode());
    assertEquals(POD + "/?a=b", root.headers().firstValue("location").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/pods/web:81/proxy/|503|error trying to reach service: connection refused",
        "/pods/web/proxy/bad|503|error trying to reach service: malformed HTTP response",
        "/pods/none/proxy/|404|pods \"none\" not found",
        "/pods/ftp:web:1/proxy/|400|invalid pod request \"ftp:web:1\"",
        "/services/svc:81/proxy/|503|no service port 81 found for service \"svc\"",
        "/services/empty/proxy/|503|no endpoints available for service \"empty\""
      })
  void whatCannotBeReachedIsSaid(String path, int code, String message) throws Exception {
    var answer = send(to("/api/v1/namespaces/default" + path));
    assertEquals(code, answer.statusCode(), answer.body());
    assertEquals(message, Json.parse(bytes(answer.body())).path("message").asText());
  }

  @Test
  void anUpgradeIsCarriedBothWays() throws Exception {
    try (var socket = new Socket("127.0.0.1", server.insecurePort())) {
      socket
          .getOutputStream()
          .write(
              bytes(
                  "GET "
                      + POD
                      + "/upgrade HTTP/1.1\r\nHost: j\r\nConnection: Upgrade\r\nUpgrade: shout\r\n"
                      + "Sec-WebSocket-Version: 13\r\n\r\n"));
      var reader =
          new BufferedReader(
              new InputStreamReader(
                  new SequenceInputStream(
                      socket.getInputStream(), new ByteArrayInputStream(new byte[0])),
                  StandardCharsets.UTF_8));
      assertTrue(reader.readLine().startsWith("HTTP/1.1 101 "));
      while (!reader.readLine().isEmpty()) {}
      socket.getOutputStream().write(bytes("you\n"));
      assertEquals("HEY you", reader.readLine());
      socket.shutdownOutput();
      assertEquals(-1, reader.read());
    }
  }

  @Test
  void anAnswerWithoutABodyHasNone() throws Exception {
    var answer = send(to(POD + "/x").method("HEAD", BodyPublishers.noBody()));
    assertEquals(418, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void rightsAreThoseOfTheSubresource() {
    try (var guarded = TestServer.guarded(java.time.InstantSource.system())) {
      guarded.post("/api/v1/namespaces", "{'metadata':{'name':'n'}}");
      guarded.as("nobody");
      var refused =
          TestServer.failure(() -> guarded.get("/api/v1/namespaces/n/pods/web/proxy/metrics"));
      assertTrue(refused.getMessage().contains("cannot get resource \"pods/proxy\""));
    }
  }
}
