package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sockets: TLS with HTTP/1.1 and HTTP/2, the Unix socket, the insecure port. */
@Timeout(60)
final class ApiServerTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir static Path folder;
  private static TestKeys keys;
  private static TestServer state;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    keys = new TestKeys(folder);
    state = new TestServer();
    server =
        ApiServer.start(
            new ListenSettings("127.0.0.1", 0, true, keys.server(), folder.resolve("s"), 0));
  }

  @AfterAll
  static void stop() {
    server.close();
    state.close();
    assertFalse(Files.exists(folder.resolve("s")));
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(SSLContext tls, HttpRequest request)
      throws IOException, InterruptedException {
    try (var client = client(tls)) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void answers503BeforeThereIsAState() throws Exception {
    try (var early = ApiServer.start(new ListenSettings("127.0.0.1", 0, keys.server(), null))) {
      var request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + early.port() + "/readyz"));
      assertEquals(503, send(keys.client(), request.build()).statusCode());
    }
  }

  @Test
  void aCertificateSaysWhoItIsOverHttp1AndHttp2() throws Exception {
    server.serve(state.chain);
    for (var version : HttpClient.Version.values()) {
      if (version.name().equals("HTTP_3")) {
        continue;
      }
      var answer = send(keys.client(), to(MAPS).version(version).build());
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals(version, answer.version());
      assertEquals("ConfigMapList", Json.parse(bytes(answer.body())).get("kind").asText());
    }
  }

  /** Go and curl name http/1.1 in ALPN; Java's client does not. */
  @Test
  void http11IsNegotiated() throws Exception {
    server.serve(state.chain);
    var sockets = keys.client().getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket("127.0.0.1", server.port())) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      socket.setSSLParameters(parameters);
      socket.getOutputStream().write(bytes("GET /version HTTP/1.1\r\nHost: j\r\n\r\n"));
      assertEquals("http/1.1", socket.getApplicationProtocol());
      var first = new byte[12];
      assertEquals(12, socket.getInputStream().readNBytes(first, 0, 12));
      assertEquals("HTTP/1.1 200", new String(first, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void eachEventComesWholeOverHttp11() throws Exception {
    server.serve(state.chain);
    var sockets = keys.client().getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      var query = "?watch=1&timeoutSeconds=2&labelSelector=app%3Dwhole";
      var head = "GET " + MAPS + query + " HTTP/1.1\r\nHost: j\r\n\r\n";
      socket.getOutputStream().write(bytes(head + "GET /version HTTP/1.1\r\nHost: j\r\n\r\n"));
      var in = socket.getInputStream();
      assertTrue(until(in, "\r\n\r\n").startsWith("HTTP/1.1 200 OK\r\n"));
      state.configMap("whole", "whole");
      var added = chunk(in);
      assertTrue(added.startsWith("{\"type\":\"ADDED\"") && added.endsWith("}\n"), added);
      state.delete(MAPS + "/whole");
      assertTrue(chunk(in).startsWith("{\"type\":\"DELETED\""));
      assertEquals("0\r\n\r\n", until(in, "\r\n\r\n"));
      var next = until(in, "\r\n\r\n");
      assertTrue(next.startsWith("HTTP/1.1 200 OK"), next);
    }
  }

  /** Reads a chunk with the line end behind it. */
  private static String chunk(InputStream in) throws IOException {
    int length = Integer.parseInt(until(in, "\r\n").strip(), 16);
    var content = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    assertEquals("\r\n", until(in, "\r\n"));
    return content;
  }

  private static String until(InputStream in, String end) throws IOException {
    var read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertTrue(next >= 0, read::toString);
      read.append((char) next);
    }
    return read.toString();
  }

  @Test
  void aWatchEndsWithItsHttp2Client() throws Exception {
    server.serve(state.chain);
    try (var client = client(keys.client())) {
      client.send(to("/api/v1/secrets?watch=1").build(), HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(1, watchersOfSecrets());
      client.shutdownNow();
    }
    while (watchersOfSecrets() > 0) {
      Thread.onSpinWait();
    }
  }

  private static int watchersOfSecrets() throws Exception {
    var metrics = send(keys.client(), to("/metrics").build()).body();
    var line = "apiserver_registered_watchers{place=\"/registry/secrets/\"} ";
    int at = metrics.indexOf(line) + line.length();
    return Integer.parseInt(metrics.substring(at, metrics.indexOf('\n', at)));
  }

  @Test
  void whoShowsNothingMayOnlyAskForHealthAndVersion() throws Exception {
    server.serve(state.chain);
    for (var path : new String[] {"/livez", "/readyz", "/healthz", "/version", "/livez/ping"}) {
      assertEquals(200, send(keys.nobody(), to(path).build()).statusCode(), path);
    }
    for (var path : new String[] {MAPS, "/api", "/", "/metrics", "/openapi/v3"}) {
      var refused = send(keys.nobody(), to(path).build());
      assertEquals(401, refused.statusCode(), path);
      assertEquals("Unauthorized", Json.parse(bytes(refused.body())).get("reason").asText());
    }
  }

  @Test
  void aBearerTokenSaysWhoItIs() throws Exception {
    server.serve(state.chain);
    var good = to(MAPS).header("Authorization", "Bearer secret").build();
    assertEquals(200, send(keys.nobody(), good).statusCode());
    var bad = to(MAPS).header("Authorization", "Bearer guess").build();
    assertEquals(401, send(keys.nobody(), bad).statusCode());
  }

  @Test
  void theSocketsOwnerIsTheAdministrator() throws Exception {
    server.serve(state.chain);
    var address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      var request = "GET " + MAPS + " HTTP/1.1\r\nHost: jkube\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(bytes(request)));
      var answer = new String(Channels.newInputStream(channel).readAllBytes());
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
      assertTrue(answer.contains("ConfigMapList"), answer);
    }
  }

  @Test
  void theInsecurePortNeedsNothing() throws Exception {
    server.serve(state.chain);
    var url = URI.create("http://127.0.0.1:" + server.insecurePort() + MAPS);
    assertEquals(200, send(keys.nobody(), HttpRequest.newBuilder(url).build()).statusCode());
  }

  @Test
  void aTakenPortIsPassedOver() throws Exception {
    var taken = server.port();
    try (var second =
        ApiServer.start(new ListenSettings("127.0.0.1", taken, keys.server(), null))) {
      assertTrue(second.port() > taken);
    }
  }

  @Test
  void watchesComeLineByLine() throws Exception {
    server.serve(state.chain);
    try (var client = client(keys.client())) {
      var answer =
          client.send(
              to(MAPS + "?watch=1&labelSelector=app%3Dstreamed").build(),
              HttpResponse.BodyHandlers.ofInputStream());
      state.configMap("streamed", "streamed");
      try (var lines =
          new java.io.BufferedReader(
              new java.io.InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        var event = Json.parse(bytes(lines.readLine()));
        assertEquals("ADDED", event.get("type").asText());
        assertEquals("streamed", event.at("/object/metadata/name").asText());
      }
      client.shutdownNow();
    }
  }

  @Test
  void watchesComeMessageByMessageOverWebSocket() throws Exception {
    server.serve(state.chain);
    var messages = new LinkedBlockingQueue<String>();
    try (var client = client(keys.client())) {
      var uri =
          URI.create(
              "wss://127.0.0.1:"
                  + server.port()
                  + MAPS
                  + "?watch=true&allowWatchBookmarks=true&labelSelector=app%3Dtold");
      var socket =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  uri,
                  new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(
                        WebSocket socket, CharSequence part, boolean last) {
                      text.append(part);
                      if (last) {
                        messages.add(text.toString());
                        text.setLength(0);
                      }
                      socket.request(1);
                      return null;
                    }
                  })
              .get(10, TimeUnit.SECONDS);
      state.configMap("told", "told");
      var made = Json.parse(bytes(messages.poll(10, TimeUnit.SECONDS)));
      assertEquals("ADDED", made.get("type").asText());
      assertEquals("told", made.at("/object/metadata/name").asText());
      state.delete(MAPS + "/told");
      var gone = Json.parse(bytes(messages.poll(10, TimeUnit.SECONDS)));
      assertEquals("DELETED", gone.get("type").asText());
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
      client.shutdownNow();
    }
  }

  @Test
  void tooMuchIsRefusedAndTheServerLives() throws Exception {
    server.serve(state.chain);
    var huge = HttpRequest.BodyPublishers.ofByteArray(new byte[4 * 1024 * 1024]);
    var refused = send(keys.client(), to(MAPS).POST(huge).build());
    assertEquals(413, refused.statusCode());
    assertEquals(200, send(keys.client(), to(MAPS).build()).statusCode());
  }

  @Test
  void yamlAndPrettyAndCompressedAnswers() throws Exception {
    server.serve(state.chain);
    var yaml = send(keys.client(), to(MAPS).header("Accept", "application/yaml").build());
    assertEquals("application/yaml", yaml.headers().firstValue("Content-Type").orElse(""));
    assertTrue(yaml.body().contains("kind: ConfigMapList"), yaml.body());
    var pretty = send(keys.client(), to(MAPS + "?pretty=true").build());
    assertTrue(pretty.body().startsWith("{\n"), pretty.body());
    state.post(MAPS, "{'metadata':{'name':'big'},'data':{'k':'" + "x".repeat(200_000) + "'}}");
    var zipped = send(keys.client(), to(MAPS).header("Accept-Encoding", "gzip").build());
    assertEquals(
        Map.of("Content-Encoding", "gzip").get("Content-Encoding"),
        zipped.headers().firstValue("Content-Encoding").orElse(""));
    state.delete(MAPS + "/big");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
