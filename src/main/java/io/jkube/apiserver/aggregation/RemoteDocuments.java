package io.jkube.apiserver.aggregation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.openapi.OtherDocuments;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OpenAPI documents of other servers: asked for when somebody asks us, and kept for a while.
 */
final class RemoteDocuments implements OtherDocuments {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteDocuments.class);

  /** As long a server is believed to serve what it served. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final String V3 = "/openapi/v3";
  private static final String V2 = "/openapi/v2";

  private final Supplier<List<RemoteServer>> servers;
  private final InstantSource clock;
  private Kept<Map<String, String>> v3 = Kept.nothing(Map.of());
  private Kept<List<ObjectNode>> v2 = Kept.nothing(List.of());

  /**
   * @param servers those that can be asked
   */
  RemoteDocuments(Supplier<List<RemoteServer>> servers, InstantSource clock) {
    this.servers = servers;
    this.clock = clock;
  }

  private record Kept<T>(List<RemoteApi> of, Instant until, T value) {
    static <T> Kept<T> nothing(T value) {
      return new Kept<>(List.of(), Instant.MAX, value);
    }

    boolean holds(List<RemoteApi> apis, Instant now) {
      return of.equals(apis) && now.isBefore(until);
    }
  }

  @Override
  public synchronized Map<String, String> v3() {
    var asked = servers.get();
    var apis = asked.stream().map(RemoteServer::api).toList();
    if (!v3.holds(apis, clock.instant())) {
      var paths = new TreeMap<String, String>();
      asked.forEach(server -> addPath(server, paths));
      v3 = new Kept<>(apis, clock.instant().plus(KEPT), paths);
    }
    return v3.value();
  }

  private static void addPath(RemoteServer server, Map<String, String> paths) {
    var own = server.api().path().substring(1);
    var index = ask(server, V3);
    var url = index.path("paths").path(own).path("serverRelativeURL").asText();
    // Another path than ours would lead to somebody else's document.
    if (url.equals(V3 + "/" + own) || url.startsWith(V3 + "/" + own + "?")) {
      paths.put(own, url);
    }
  }

  @Override
  public synchronized List<ObjectNode> v2() {
    var asked = servers.get();
    var apis = asked.stream().map(RemoteServer::api).toList();
    if (!v2.holds(apis, clock.instant())) {
      var documents = new ArrayList<ObjectNode>();
      for (var server : asked) {
        var document = ask(server, V2);
        if (document.path("paths") instanceof ObjectNode paths) {
          var below = server.api().path() + "/";
          paths.retain(
              paths.properties().stream()
                  .map(Map.Entry::getKey)
                  .filter(path -> path.startsWith(below))
                  .toList());
          documents.add(document);
        }
      }
      var same = v2.value().equals(documents) ? v2.value() : List.copyOf(documents);
      v2 = new Kept<>(apis, clock.instant().plus(KEPT), same);
    }
    return v2.value();
  }

  /** Empty when the server has no such document. */
  private static ObjectNode ask(RemoteServer server, String path) {
    try {
      var answer = Answer.of(server, path, "application/json");
      return answer.isGood() ? answer.document() : Json.object();
    } catch (IOException | ApiException silent) {
      LOG.debug("{} of {}: {}", path, server.api().apiVersion(), silent.getMessage());
      return Json.object();
    }
  }
}
