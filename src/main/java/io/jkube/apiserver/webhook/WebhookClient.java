package io.jkube.apiserver.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/** The one way to every webhook. Connections are kept for the next call. */
public final class WebhookClient implements AutoCloseable {
  /** A review holds the object twice in the worst case: its patch may replace all of it. */
  private static final long MAX_ANSWER_BYTES = 8L * 1024 * 1024;

  private static final int MAX_QUOTED_CHARACTERS = 1024;

  private final ServiceAddresses services;
  private final Map<Peer, HttpClient> clients = new ConcurrentHashMap<>();

  /** What decides whether two calls may share a connection, beside the address. */
  private record Peer(String host, String authorities) {}

  public WebhookClient(ServiceAddresses services) {
    this.services = services;
  }

  /**
   * Posts a document and waits for the answer.
   *
   * @param timeout for all of it; told to the webhook in whole seconds
   * @throws WebhookCallException when there is no answer in time, or not an object
   */
  public ObjectNode post(ClientConfig config, Duration timeout, ObjectNode document)
      throws WebhookCallException {
    var query = "?timeout=" + timeout.plusMillis(999).toSeconds() + "s";
    var shown = config.url() + query;
    try {
      return parsed(send(config, query, timeout, document));
    } catch (TimeoutException late) {
      throw failed(shown, "context deadline exceeded", late);
    } catch (IOException | GeneralSecurityException cause) {
      throw failed(shown, reason(cause), cause);
    } catch (IllegalArgumentException malformed) {
      throw failed(shown, malformed.getMessage(), malformed);
    }
  }

  private static WebhookCallException failed(String url, String why, Exception cause) {
    return new WebhookCallException("Post \"" + url + "\": " + why, cause);
  }

  /** Java's wrappers around what went wrong say less than it. */
  private static String reason(Throwable cause) {
    var deepest = cause;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof java.net.ConnectException
        || deepest instanceof java.nio.channels.ClosedChannelException) {
      return "connect: connection refused";
    }
    var message = deepest.getMessage();
    boolean security = deepest instanceof GeneralSecurityException;
    return (security ? "tls: failed to verify certificate: x509: " : "")
        + (message == null ? deepest.getClass().getSimpleName() : message);
  }

  private HttpResponse<byte[]> send(
      ClientConfig config, String query, Duration timeout, ObjectNode document)
      throws WebhookCallException, IOException, GeneralSecurityException, TimeoutException {
    var target = target(config, query);
    var request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("User-Agent", "kube-apiserver-admission")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(document)))
            .build();
    var body =
        HttpResponse.BodyHandlers.limiting(
            HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
    var answer = client(config).sendAsync(request, body);
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw late;
    } catch (ExecutionException failed) {
      throw switch (failed.getCause()) {
        case IOException cause -> cause;
        case Throwable other -> new IOException(other);
      };
    } catch (InterruptedException stopping) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the server is stopping");
    }
  }

  private URI target(ClientConfig config, String query) throws WebhookCallException {
    if (config.service() == null) {
      return URI.create(config.url() + query);
    }
    InetSocketAddress address;
    try {
      address = services.find(config.service());
    } catch (WebhookCallException unreachable) {
      throw failed(config.url() + query, unreachable.getMessage(), unreachable);
    }
    var host = address.getHostString();
    var path = URI.create(config.url()).getRawPath();
    return URI.create(
        "https://"
            + (host.indexOf(':') < 0 ? host : "[" + host + "]")
            + ":"
            + address.getPort()
            + path
            + query);
  }

  /** A Service's endpoint is verified by the Service's name, which TLS is told. */
  private HttpClient client(ClientConfig config) throws GeneralSecurityException {
    var host = config.service() == null ? "" : config.service().host();
    var peer = new Peer(host, config.authorities());
    var known = clients.get(peer);
    if (known != null) {
      return known;
    }
    var made = make(peer);
    var other = clients.putIfAbsent(peer, made);
    if (other == null) {
      return made;
    }
    made.shutdownNow();
    return other;
  }

  private static HttpClient make(Peer peer) throws GeneralSecurityException {
    var tls = new SSLParameters();
    if (!peer.host().isEmpty()) {
      tls.setServerNames(List.of(new SNIHostName(peer.host())));
    }
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .sslContext(Trust.in(peer.authorities()))
        .sslParameters(tls)
        .build();
  }

  private static ObjectNode parsed(HttpResponse<byte[]> answer) throws WebhookCallException {
    int code = answer.statusCode();
    if (code / 100 != 2) {
      throw new WebhookCallException(refusal(code, answer.body()));
    }
    try {
      if (Json.MAPPER.readTree(answer.body()) instanceof ObjectNode object) {
        return object;
      }
      throw new WebhookCallException("the answer is not an object");
    } catch (JsonProcessingException malformed) {
      throw new WebhookCallException(
          "couldn't get version/kind; json parse error: " + Json.problem(malformed));
    } catch (ApiException beyond) {
      throw new WebhookCallException(
          "couldn't get version/kind; json parse error: " + beyond.getMessage());
    } catch (IOException impossible) {
      throw new WebhookCallException(impossible.getMessage(), impossible);
    }
  }

  private static String refusal(int code, byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8).strip();
    var quoted = text.substring(0, Math.min(text.length(), MAX_QUOTED_CHARACTERS));
    return switch (code) {
      case 404 -> "the server could not find the requested resource";
      case 401 -> "Unauthorized";
      case 403 -> "forbidden: " + quoted;
      default ->
          code >= 500
              ? "an error on the server (\""
                  + quoted
                  + "\") has prevented the request from succeeding"
              : "the server rejected our request for an unknown reason (" + code + ")";
    };
  }

  /** Ends the calls under way. */
  @Override
  public void close() {
    clients.values().forEach(HttpClient::shutdownNow);
  }
}
