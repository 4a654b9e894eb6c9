package io.jkube.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jkube.api.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Admission webhooks behind HTTPS, one a path. */
final class TestWebhook implements AutoCloseable {
  /** Every AdmissionReview that came, as {@code path} and the request in it. */
  final List<Map.Entry<String, ObjectNode>> seen = new CopyOnWriteArrayList<>();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, UnaryOperator<ObjectNode>> hooks = new ConcurrentHashMap<>();
  private final TestKeys keys;

  TestWebhook(TestKeys keys) throws IOException, java.security.GeneralSecurityException {
    this.keys = keys;
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(keys.server()));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** A {@code clientConfig} by URL. */
  String at(String path) throws IOException, java.security.GeneralSecurityException {
    return "{'url':'https://127.0.0.1:" + port() + path + "','caBundle':'" + authority() + "'}";
  }

  /** The {@code caBundle}. */
  String authority() throws IOException, java.security.GeneralSecurityException {
    var pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.certificate("server").getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /** Answers with what {@code hook} makes of the request: the response, its uid is filled in. */
  void on(String path, UnaryOperator<ObjectNode> hook) {
    hooks.put(path, hook);
  }

  static ObjectNode allow() {
    return Json.object().put("allowed", true);
  }

  static ObjectNode deny(String message) {
    var response = Json.object().put("allowed", false);
    response.putObject("status").put("message", message);
    return response;
  }

  /** Allows, with a JSON patch in single quotes. */
  static ObjectNode patch(String operations) {
    var bytes = operations.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return allow()
        .put("patchType", "JSONPatch")
        .put("patch", Base64.getEncoder().encodeToString(bytes));
  }

  /** The paths asked so far, in order. */
  List<String> asked() {
    var paths = new ArrayList<String>();
    seen.forEach(each -> paths.add(each.getKey()));
    return paths;
  }

  ObjectNode last() {
    return seen.getLast().getValue();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var review = Json.parse(exchange.getRequestBody().readAllBytes());
      var request = (ObjectNode) review.get("request");
      var path = exchange.getRequestURI().getPath();
      seen.add(Map.entry(path, request));
      var response = hooks.get(path).apply(request);
      response.put("uid", request.path("uid").asText());
      var answer = Json.object().put("kind", "AdmissionReview");
      answer.put("apiVersion", review.path("apiVersion").asText()).set("response", response);
      var bytes = Json.bytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
