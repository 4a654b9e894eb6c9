package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.docker.http.EngineHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A connected engine. Every way of asking it fails with {@link RuntimeFailure}; any thread may ask.
 */
final class Engine implements AutoCloseable {
  private final EngineHttpClient http;
  private final EngineVersion version;
  private final DockerClient docker;
  private final String root;

  private Engine(EngineHttpClient http, EngineVersion version) {
    this.http = http;
    this.version = version;
    this.root = "/v" + version.spoken();
    this.docker = DockerClientImpl.getInstance(new EngineConfig(version.spoken()), http);
  }

  /** Asks the engine for its version and agrees on an API. */
  static Engine connect(EngineAddress address, Duration timeout) {
    var http = address.client(timeout);
    var request = Request.builder().method("GET").path("/version").build();
    return new Engine(http, EngineVersion.read(ask(() -> tree(http.execute(request)))));
  }

  EngineVersion version() {
    return version;
  }

  /** Does something in docker-java's words. */
  <T> T call(Function<DockerClient, T> question) {
    return ask(() -> question.apply(docker));
  }

  /**
   * @param path with its query, without the version
   */
  JsonNode get(String path) {
    return ask(() -> tree(http.execute(request("GET", path).build())));
  }

  JsonNode post(String path, ObjectNode body) {
    return ask(() -> tree(http.execute(json("POST", path, body).build())));
  }

  /** An order without a body that may take {@code limit}, or as long as it takes when null. */
  JsonNode post(String path, Duration limit) {
    return ask(() -> tree(http.execute(request("POST", path).build(), limit)));
  }

  void delete(String path) {
    ask(() -> tree(http.execute(request("DELETE", path).build())));
  }

  void delete(String path, Duration limit) {
    ask(() -> tree(http.execute(request("DELETE", path).build(), limit)));
  }

  /** An answer that lasts; the caller reads and closes it. */
  Response stream(String method, String path, Map<String, String> headers) {
    var request = request(method, path).headers(headers).build();
    return ask(() -> accepted(http.stream(request, null)));
  }

  /** Turns a request's connection into the streams of a process. */
  Response hijack(String path, ObjectNode body, InputStream input) {
    var request = json("POST", path, body).hijackedInput(input).build();
    return ask(() -> accepted(http.stream(request, null)));
  }

  /** Sends a long body, such as an image; the answer's progress lines are read to the end. */
  void upload(String path, InputStream body) {
    ask(
        () -> {
          var request =
              request("POST", path).putHeader("Content-Type", "application/x-tar").body(body);
          try (var response = accepted(http.execute(request.build(), null))) {
            Progress.readAll(response.getBody(), line -> {});
          } catch (IOException lost) {
            throw new UncheckedIOException(lost);
          }
          return null;
        });
  }

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException alreadyClosed) {
      throw new UncheckedIOException(alreadyClosed);
    }
  }

  /** A query's value. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Request.Builder request(String method, String path) {
    var builder = Request.builder();
    builder.method(method).path(root + path);
    return builder;
  }

  private Request.Builder json(String method, String path, ObjectNode body) {
    var request = request(method, path);
    request.putHeader("Content-Type", "application/json").bodyBytes(Json.bytes(body));
    return request;
  }

  private static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException failure) {
      throw EngineFailures.of(failure);
    }
  }

  private static JsonNode tree(Response response) {
    try (var accepted = accepted(response)) {
      return Json.MAPPER.readTree(accepted.getBody());
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  private static Response accepted(Response response) {
    if (response.getStatusCode() < 300 || response.getStatusCode() == 304) {
      return response;
    }
    try (response) {
      var body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
      throw EngineFailures.refused(response.getStatusCode(), body);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }
}
