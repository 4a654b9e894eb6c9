package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that hardly are any: a Status answers each, and the server lives. */
@Timeout(60)
final class BadRequestsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir static Path folder;
  private static TestServer state;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    state = new TestServer();
    var keys = new TestKeys(folder);
    server = ApiServer.start(new ListenSettings("127.0.0.1", 0, true, keys.server(), null, 0));
    server.serve(state.chain);
  }

  @AfterAll
  static void stop() {
    server.close();
    state.close();
  }

  @AfterEach
  void lives() throws Exception {
    assertTrue(ask("GET /livez HTTP/1.1\r\nHost: j\r\n").startsWith("HTTP/1.1 200"));
  }

  /** The whole answer to a head, after which the client has nothing more to say. */
  private static String ask(String head) throws Exception {
    try (var socket = new Socket("127.0.0.1", server.insecurePort())) {
      var bytes = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertStatus(int code, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + code + " "), answer);
    var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    var status = Json.parse(body.getBytes(StandardCharsets.UTF_8));
    assertEquals("Status", status.get("kind").asText());
    assertEquals("Failure", status.get("status").asText());
    assertEquals(code, status.get("code").asInt());
    assertTrue(!status.get("message").asText().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "a%2fb, 400",
    "..%2f..%2fsecrets, 400",
    "%2e%2e, 400",
    "%00, 400",
    "%zz, 400",
    "%ff, 400",
    "a%5cb, 400",
    "//a, 400",
    "../../../kube-system/configmaps, 404",
    "a/b/c/d, 404",
  })
  void paths(String tail, int code) throws Exception {
    assertStatus(code, ask("GET " + MAPS + "/" + tail + " HTTP/1.1\r\nHost: j\r\n"));
  }

  /** What is meant for a backend says itself which backend; that is nobody's guess. */
  @ParameterizedTest
  @CsvSource({
    "pods/web%2fproxy/a",
    "pods/a%2fb/proxy/a",
    "pods%2fweb/proxy/a",
    "pods/%2e%2e/proxy/a",
    "pods/web/proxy/%zz",
    "pods//web/proxy/a",
  })
  void pathsToProxies(String tail) throws Exception {
    assertStatus(400, ask("GET /api/v1/namespaces/default/" + tail + " HTTP/1.1\r\nHost: j\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"TRACE, 405", "OPTIONS, 405", "FOO, 405", "get, 405"})
  void methods(String method, int code) throws Exception {
    assertStatus(code, ask(method + " " + MAPS + " HTTP/1.1\r\nHost: j\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "GARBAGE, 400",
        "GET /api HTTP/1.1, 400",
        "POST %s HTTP/1.1\\r\\nHost: j\\r\\nContent-Length: -5, 400",
        "POST %s HTTP/1.1\\r\\nHost: j\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz, 400",
        "POST %s HTTP/1.1\\r\\nHost: j\\r\\nContent-Type: ;;;\\r\\nContent-Length: 0, 415",
        "GET %s?continue=%%%% HTTP/1.1\\r\\nHost: j, 400",
        "GET %s HTTP/1.1\\r\\nHost: j\\r\\nAccept: text/html, 406",
        "GET %s HTTP/1.1\\r\\nHost: j\\r\\nAccept: ;q=x;;, 406",
      })
  void heads(String head, int code) throws Exception {
    assertStatus(code, ask(head.formatted(MAPS).replace("\\r\\n", "\r\n") + "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%s HTTP/1.1, 414",
    "GET /api?x=%s HTTP/1.1, 414",
  })
  void overLongAddresses(String line, int code) throws Exception {
    assertStatus(code, ask(line.formatted("a".repeat(70_000)) + "\r\nHost: j\r\n"));
  }

  @ParameterizedTest
  @CsvSource("X-Long, 431")
  void overLongHeaders(String name, int code) throws Exception {
    var header = name + ": " + "a".repeat(70_000);
    assertStatus(code, ask("GET /api HTTP/1.1\r\nHost: j\r\n" + header + "\r\n"));
  }
}
