import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jkube.api.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Answers the Docker Engine API as an engine would whose containers start and end at once, so that
 * the AOT cache of a server that uses it holds what a pod on Docker needs. No engine is touched.
 *
 * <p>Usage: java -cp jkube.jar PretendEngine.java PORT-FILE; writes the port it listens on.
 */
final class PretendEngine {
  private static final String VERSION =
      """
      {"Version": "27.0.0", "ApiVersion": "1.46", "MinAPIVersion": "1.24", "Os": "linux", "Arch": "amd64"}
      """;
  private static final String INFO =
      """
      {"OSType": "linux", "OperatingSystem": "Debian", "KernelVersion": "6.1", "Architecture": "x86_64",
       "NCPU": 8, "MemTotal": 17179869184, "CgroupVersion": "2", "SecurityOptions": []}
      """;
  private static final String IMAGE =
      """
      {"Id": "sha256:aa", "RepoTags": ["busybox:1.36"], "RepoDigests": [], "Size": 1000, "Config": {"User": ""}}
      """;
  private static final String TIME = "2026-01-01T00:00:00.5Z";
  private static final long TIME_SECONDS = 1_767_225_600;

  private final Map<String, ObjectNode> containers = new ConcurrentHashMap<>();
  private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
  private volatile ObjectNode network;
  private int last;

  public static void main(String[] arguments) throws IOException {
    var engine = new PretendEngine();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", engine::answer);
    server.start();
    var fresh = Path.of(arguments[0] + ".new");
    Files.writeString(fresh, Integer.toString(server.getAddress().getPort()));
    Files.move(fresh, Path.of(arguments[0]));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var bytes = exchange.getRequestBody().readAllBytes();
    var path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.[0-9]+", "");
    if (path.equals("/events")) {
      exchange.sendResponseHeaders(200, 0);
      listeners.add(exchange.getResponseBody());
      exchange.getResponseBody().flush();
      return;
    }
    try (exchange) {
      var body =
          bytes.length > 0 && bytes[0] == '{' ? Json.MAPPER.readTree(bytes) : Json.object();
      var answer = answer(exchange.getRequestMethod(), path, exchange, body);
      if (answer == null) {
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      var out = Json.bytes(answer);
      exchange.sendResponseHeaders(path.endsWith("/create") ? 201 : 200, out.length);
      exchange.getResponseBody().write(out);
    }
  }

  private JsonNode answer(String method, String path, HttpExchange exchange, JsonNode body)
      throws IOException {
    var words = path.substring(1).split("/");
    return switch (words[0]) {
      case "_ping" -> Json.object();
      case "version" -> Json.MAPPER.readTree(VERSION);
      case "info" -> Json.MAPPER.readTree(INFO);
      case "images" ->
          path.equals("/images/json")
              ? Json.MAPPER.createArrayNode().add(Json.MAPPER.readTree(IMAGE))
              : Json.MAPPER.readTree(IMAGE);
      case "networks" -> networks(path, body);
      case "containers" ->
          path.equals("/containers/json")
              ? list(exchange.getRequestURI().getRawQuery())
              : path.equals("/containers/create") ? create(body) : act(method, words);
      default -> Json.object();
    };
  }

  private JsonNode networks(String path, JsonNode body) {
    if (path.equals("/networks/create")) {
      network = body.deepCopy();
      return network.put("Id", "0123456789abcdef");
    }
    var all = Json.MAPPER.createArrayNode();
    return network == null ? all : all.add(network);
  }

  private synchronized JsonNode create(JsonNode body) {
    var id = "%064x".formatted(++last);
    var container = Json.object().put("Id", id).put("Created", TIME).put("Image", "sha256:aa");
    container.set("Config", body);
    container.set("Labels", body.path("Labels"));
    state(container, "created");
    container
        .putObject("NetworkSettings")
        .putObject("Networks")
        .putObject("pods")
        .put("IPAddress", "10.244.0." + (2 + last % 250));
    containers.put(id, container);
    return Json.object().put("Id", id);
  }

  private static void state(ObjectNode container, String status) {
    boolean running = status.equals("running");
    var state = container.putObject("State").put("Status", status).put("Running", running);
    state.put("ExitCode", 0).put("StartedAt", TIME);
    state.put("FinishedAt", status.equals("exited") ? TIME : "0001-01-01T00:00:00Z");
  }

  private JsonNode act(String method, String[] words) throws IOException {
    var container = containers.get(words[1]);
    if (method.equals("DELETE")) {
      containers.remove(words[1]);
      tell("destroy", container);
      return null;
    }
    switch (words[2]) {
      case "start" -> {
        state(container, "running");
        tell("start", container);
      }
      case "stop", "kill" -> {
        state(container, "exited");
        tell("die", container);
      }
      case "json" -> {
        return container;
      }
      default -> {
        return Json.object();
      }
    }
    return null;
  }

  /** Those that have every label of the filter. */
  private JsonNode list(String query) throws IOException {
    var all = Json.MAPPER.createArrayNode();
    var decoded = URLDecoder.decode(query == null ? "" : query, StandardCharsets.UTF_8);
    int filters = decoded.indexOf('{');
    var wanted =
        filters < 0
            ? Json.MAPPER.createArrayNode()
            : Json.MAPPER.readTree(decoded.substring(filters)).path("label");
    for (var container : containers.values()) {
      boolean has = true;
      for (var label : wanted) {
        var pair = label.asText().split("=", 2);
        has &= container.path("Labels").path(pair[0]).asText().equals(pair[1]);
      }
      if (has) {
        var listed = container.deepCopy().put("Created", TIME_SECONDS);
        listed.put("State", container.path("State").path("Status").asText());
        all.add(listed.put("ImageID", "sha256:aa"));
      }
    }
    return all;
  }

  private void tell(String action, JsonNode container) {
    if (container == null) {
      return;
    }
    var event = Json.object().put("Type", "container").put("Action", action);
    var actor = event.putObject("Actor").put("ID", container.path("Id").asText());
    actor.set("Attributes", container.path("Labels"));
    for (var listener : listeners) {
      try {
        synchronized (listener) {
          listener.write(Json.bytes(event));
          listener.flush();
        }
      } catch (IOException gone) {
        listeners.remove(listener);
      }
    }
  }
}
