package io.jkube.kubelet.stats;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What upstream's kubelet tells under paths of its own. Thread-safe. */
public final class Pages {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final String node;
  private final ApiClient client;
  private final Supplier<ObjectNode> configuration;
  private final Figures figures;

  /** What stands under a path. */
  public record Page(String contentType, byte[] body) {}

  public Pages(
      String node,
      ApiClient client,
      ContainerRuntime runtime,
      InstantSource clock,
      Supplier<ObjectNode> configuration) {
    this.node = node;
    this.client = client;
    this.configuration = configuration;
    this.figures =
        new Figures(runtime, clock, time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
  }

  /**
   * @throws ApiException NotFound where nothing stands, ServiceUnavailable when the engine does not
   *     answer
   */
  public Page page(String path) {
    return switch (path.replaceFirst("/+$", "")) {
      case "/stats/summary", "/stats" -> json(Summary.of(node, reading()));
      case "/metrics/resource" -> text(PROMETHEUS, ResourceText.of(reading()));
      case "/pods", "/runningpods" -> json(pods());
      case "/healthz", "/healthz/ping", "/healthz/syncloop" -> text(TEXT, "ok");
      case "/configz" -> {
        var told = Json.object();
        told.set("kubeletconfig", configuration.get());
        yield json(told);
      }
      default -> throw new ApiException(StatusReason.NOT_FOUND, "404 page not found");
    };
  }

  private Reading reading() {
    try {
      return figures.read();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the kubelet is stopping");
    } catch (RuntimeFailure failure) {
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, failure.getMessage());
    }
  }

  private ObjectNode pods() {
    var found =
        client.list(Resources.PODS, "", ListOptions.ALL.withFields("spec.nodeName=" + node));
    var list = Json.object().put("kind", "PodList").put("apiVersion", "v1");
    list.putObject("metadata");
    found.items().forEach(list.putArray("items")::add);
    return list;
  }

  private static Page json(ObjectNode document) {
    return new Page(JSON, Json.bytes(document));
  }

  private static Page text(String type, String text) {
    return new Page(type, text.getBytes(StandardCharsets.UTF_8));
  }
}
