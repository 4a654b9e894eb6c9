package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Calls over HTTPS, for a server in another process or on another machine. Thread-safe; close it
 * when done, its threads live on otherwise.
 */
public final class HttpsTransport implements Transport, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final URI server;
  private final String token;
  private final HttpClient http;

  /**
   * @param server such as {@code https://127.0.0.1:6443}
   * @param tls whom to trust and, for a client certificate, who we are: see {@link TlsIdentity}
   * @param token a bearer token, or empty
   */
  public HttpsTransport(URI server, SSLContext tls, String token) {
    this.server = Objects.requireNonNull(server, "server");
    this.token = Objects.requireNonNull(token, "token");
    this.http = HttpClient.newBuilder().sslContext(tls).connectTimeout(CONNECT_TIMEOUT).build();
  }

  @Override
  public ObjectNode send(ApiCall call) {
    try (var body = stream(call)) {
      return Json.parse(body.readAllBytes());
    } catch (IOException broken) {
      throw unavailable(broken);
    }
  }

  @Override
  public WatchStream watch(ApiCall call) {
    return new StreamedWatch(stream(QueryString.watching(call)));
  }

  @Override
  public InputStream stream(ApiCall call) {
    try {
      var response = http.send(request(call), BodyHandlers.ofInputStream());
      if (response.statusCode() >= 400) {
        throw failure(response);
      }
      return response.body();
    } catch (IOException broken) {
      throw unavailable(broken);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "interrupted while calling");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private HttpRequest request(ApiCall call) {
    var body =
        call.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(call.body()));
    var request =
        HttpRequest.newBuilder(server.resolve(call.path() + QueryString.of(call.query())))
            .method(call.method(), body)
            .header("Accept", call.accept());
    if (call.contentType() != null) {
      request.header("Content-Type", call.contentType());
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  private static ApiException failure(HttpResponse<InputStream> response) throws IOException {
    try (var body = response.body()) {
      return Failure.of(response.statusCode(), body.readAllBytes());
    }
  }

  private ApiException unavailable(IOException broken) {
    var why = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
    return new ApiException(StatusReason.SERVICE_UNAVAILABLE, server + ": " + why);
  }
}
