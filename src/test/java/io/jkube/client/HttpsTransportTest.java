package io.jkube.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real TLS server in this process, whose answers each test writes itself. */
final class HttpsTransportTest {
  @TempDir static Path folder;
  private static TestKeys keys;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpsServer server;
  private URI address;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new TestKeys(folder);
  }

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    var loopback = InetAddress.getByName("127.0.0.1");
    server = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(keys.server()) {
          @Override
          public void configure(HttpsParameters parameters) {
            var tls = getSSLContext().getDefaultSSLParameters();
            tls.setWantClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.setExecutor(threads);
    server.start();
    address = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void sendsTheCallAndReadsTheAnswer() throws Exception {
    var asked = new CompletableFuture<String>();
    answer(
        exchange -> {
          var headers = exchange.getRequestHeaders();
          asked.complete(
              String.join(
                  " ",
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  headers.getFirst("Content-Type"),
                  headers.getFirst("Authorization"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          reply(exchange, 200, "{\"metadata\":{\"name\":\"web\"}}");
        });
    try (var transport = new HttpsTransport(address, trusting(), "secret")) {
      var patch = Patch.merge(Json.object().put("a", 1));
      var pod = new ApiClient(transport).patch(Resources.PODS, key("we b"), "status", patch);
      assertEquals("web", pod.path("metadata").path("name").asText());
    }
    assertEquals(
        "PATCH /api/v1/namespaces/shop/pods/we%20b/status"
            + " application/merge-patch+json Bearer secret {\"a\":1}",
        asked.get(5, TimeUnit.SECONDS));
  }

  @Test
  void selectorsAreEscapedInTheQuery() throws Exception {
    var asked = new CompletableFuture<String>();
    answer(
        exchange -> {
          asked.complete(exchange.getRequestURI().getRawQuery());
          reply(exchange, 200, "{\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[]}");
        });
    try (var transport = new HttpsTransport(address, trusting(), "")) {
      var selection = ListOptions.labels("app in (a,b)&x=y");
      assertEquals(
          "5", new ApiClient(transport).list(Resources.PODS, "", selection).resourceVersion());
    }
    assertEquals("labelSelector=app+in+%28a%2Cb%29%26x%3Dy", asked.get(5, TimeUnit.SECONDS));
  }

  @Test
  void aStatusBecomesTheException() {
    var status = ApiException.notFound(Resources.PODS, "web").status().toString();
    answer(exchange -> reply(exchange, 404, status));
    try (var transport = new HttpsTransport(address, trusting(), "")) {
      var client = new ApiClient(transport);
      var failure = assertThrows(ApiException.class, () -> client.get(Resources.PODS, key("web")));
      assertEquals(StatusReason.NOT_FOUND, failure.reason());
      assertEquals("pods \"web\" not found", failure.getMessage());
      assertEquals("web", failure.status().path("details").path("name").asText());
      assertTrue(client.find(Resources.PODS, key("web")).isEmpty());
    }
  }

  @Test
  void whatIsNoStatusIsToldAsText() {
    answer(exchange -> reply(exchange, 503, "<html>proxy is tired</html>"));
    try (var transport = new HttpsTransport(address, trusting(), "")) {
      var failure =
          assertThrows(
              ApiException.class, () -> new ApiClient(transport).get(Resources.PODS, key("web")));
      assertEquals(StatusReason.SERVICE_UNAVAILABLE, failure.reason());
      assertTrue(failure.getMessage().contains("proxy is tired"), failure.getMessage());
    }
  }

  @Test
  void nobodyThereIsServiceUnavailable() {
    server.stop(0);
    try (var transport = new HttpsTransport(address, trusting(), "")) {
      var failure =
          assertThrows(
              ApiException.class, () -> new ApiClient(transport).get(Resources.PODS, key("web")));
      assertEquals(StatusReason.SERVICE_UNAVAILABLE, failure.reason());
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() throws GeneralSecurityException {
    answer(exchange -> reply(exchange, 200, "{}"));
    try (var transport = new HttpsTransport(address, SSLContext.getDefault(), "secret")) {
      var failure =
          assertThrows(
              ApiException.class, () -> new ApiClient(transport).get(Resources.PODS, key("web")));
      assertEquals(StatusReason.SERVICE_UNAVAILABLE, failure.reason());
    }
  }

  @Test
  void showsItsClientCertificateInBothFormsOfKey() throws Exception {
    answer(exchange -> reply(exchange, 200, "{\"user\":\"" + user(exchange) + "\"}"));
    for (var key : new byte[][] {keys.pkcs8Pem(), keys.pkcs1Pem()}) {
      var tls = TlsIdentity.of(keys.certificatePem(), keys.certificatePem(), key);
      try (var transport = new HttpsTransport(address, tls, "")) {
        assertEquals(
            "CN=tester", new ApiClient(transport).getPath("/version").path("user").asText());
      }
    }
    try (var transport = new HttpsTransport(address, trusting(), "")) {
      assertEquals("nobody", new ApiClient(transport).getPath("/version").path("user").asText());
    }
  }

  @Test
  void readsAWatchUntilItsEnd() throws Exception {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            body.write("{\"type\":\"ADDED\",\"object\":{\"n\":1}}\n".getBytes());
            body.write("{\"type\":\"BOOKMARK\",\"object\":{\"n\":2}}\n{\"type\":\"MOD".getBytes());
          }
        });
    try (var transport = new HttpsTransport(address, trusting(), "");
        var watch = new ApiClient(transport).watch(Resources.PODS, "", ListOptions.ALL)) {
      assertEquals(new Transport.WatchEvent("ADDED", Json.object().put("n", 1)), watch.next());
      assertEquals("BOOKMARK", watch.next().type());
      assertNull(watch.next(), "an event cut off ends the watch");
    }
  }

  @Test
  void closingAWatchReleasesItsReader() throws Exception {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("{\"type\":\"ADDED\",\"object\":{}}\n".getBytes());
          exchange.getResponseBody().flush();
        });
    try (var transport = new HttpsTransport(address, trusting(), "")) {
      var watch = new ApiClient(transport).watch(Resources.PODS, "", ListOptions.ALL);
      assertEquals("ADDED", watch.next().type());
      var end = threads.submit(watch::next);
      watch.close();
      assertNull(end.get(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void streamsBytesAsTheyAre() throws IOException {
    answer(exchange -> reply(exchange, 200, "line 1\nline 2\n"));
    try (var transport = new HttpsTransport(address, trusting(), "");
        var log = transport.stream(ApiCall.of("GET", "/api/v1/log", Map.of(), null))) {
      assertArrayEquals("line 1\nline 2\n".getBytes(), log.readAllBytes());
    }
  }

  /** What a test does with the one kind of request it makes. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void answer(Answer answer) {
    server.createContext("/", exchange -> answer.to(exchange));
  }

  private static void reply(HttpExchange exchange, int code, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    try (var body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  private static String user(HttpExchange exchange) {
    try {
      return ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException none) {
      return "nobody";
    }
  }

  private static SSLContext trusting() {
    try {
      return TlsIdentity.trusting(keys.certificatePem());
    } catch (GeneralSecurityException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("shop", name);
  }
}
