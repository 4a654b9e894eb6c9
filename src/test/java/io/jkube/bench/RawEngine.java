package io.jkube.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.docker.Discovery;
import io.jkube.kubelet.runtime.docker.EngineAddress;
import io.jkube.kubelet.runtime.docker.EngineDiscovery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The engine's API as bare as it can be had: a request of bytes over its Unix socket, a connection
 * each, no library. What a pod costs here is the floor for everyone.
 */
final class RawEngine {
  private static final String VERSION = "/v1.41";
  private static final int FIRST_FAILURE = 400;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Path socket;

  private RawEngine(Path socket) {
    this.socket = socket;
  }

  static RawEngine find() throws Unmeasurable {
    return switch (EngineDiscovery.of(System.getenv()).find()) {
      case Discovery.Found found ->
          switch (found.address()) {
            case EngineAddress.Unix unix -> new RawEngine(unix.socket());
            case EngineAddress.Tcp tcp ->
                throw new Unmeasurable("raw calls need an engine on a Unix socket, not " + tcp);
          };
      case Discovery.NotFound none -> throw new Unmeasurable("no Docker Engine answers");
    };
  }

  EngineAddress address() {
    return new EngineAddress.Unix(socket);
  }

  /**
   * Creates a container.
   *
   * @return its id
   */
  String create(String name, ObjectNode container) throws IOException {
    return call("POST", "/containers/create?name=" + name, container).path("Id").asText();
  }

  void start(String id) throws IOException {
    call("POST", "/containers/" + id + "/start", null);
  }

  void stop(String id) throws IOException {
    call("POST", "/containers/" + id + "/stop?t=30", null);
  }

  void remove(String id) throws IOException {
    call("DELETE", "/containers/" + id + "?force=1&v=1", null);
  }

  JsonNode inspect(String id) throws IOException {
    return call("GET", "/containers/" + id + "/json", null);
  }

  /** Containers in any state with this label, {@code NAME=VALUE}. */
  JsonNode labelled(String... labels) throws IOException {
    var filters = Json.object();
    var list = filters.putArray("label");
    for (var label : labels) {
      list.add(label);
    }
    var encoded = URLEncoder.encode(filters.toString(), StandardCharsets.UTF_8);
    return call("GET", "/containers/json?all=1&filters=" + encoded, null);
  }

  private JsonNode call(String method, String path, JsonNode body) throws IOException {
    var bytes = body == null ? new byte[0] : Json.bytes(body);
    // HTTP/1.0: the answer ends with the connection and is never chunked.
    var head =
        method
            + " "
            + VERSION
            + path
            + " HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    var answer = exchange(head.getBytes(StandardCharsets.US_ASCII), bytes);
    int status = Integer.parseInt(answer.substring(9, 12));
    var content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    if (status >= FIRST_FAILURE) {
      throw new IOException(method + " " + path + ": " + status + " " + content.strip());
    }
    return content.isBlank() ? Json.object() : Json.MAPPER.readTree(content);
  }

  private String exchange(byte[] head, byte[] body) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      var request = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
      while (request.hasRemaining()) {
        channel.write(request);
      }
      var answer = new ByteArrayOutputStream();
      var buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (channel.read(buffer) >= 0) {
        answer.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
