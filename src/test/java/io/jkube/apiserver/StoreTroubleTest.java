package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.names;
import static io.jkube.apiserver.TestServer.take;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.api.StatusReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watch caches when the store ends their watch, forgets what they need, or closes. */
@Timeout(20)
final class StoreTroubleTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @Test
  void aWatchThatEndedIsTakenUpAgain() throws InterruptedException {
    try (var server = new TestServer()) {
      var revision = server.configMap("a", "x");
      try (var feed = server.watch(MAPS + "?watch=1&resourceVersion=" + revision)) {
        server.store.endWatches();
        server.configMap("b", "x");
        assertEquals(List.of("ADDED b"), take(feed, 1));
      }
      assertEquals(List.of("a", "b"), names(server.get(MAPS)));
    }
  }

  @Test
  void whatWasForgottenIsListedAfreshAndWatchersAreTold() throws InterruptedException {
    try (var server = new TestServer()) {
      var revision = server.configMap("a", "x");
      server.get(MAPS);
      try (var feed = server.watch(MAPS + "?watch=1&resourceVersion=" + revision)) {
        server.store.forgetWhileNobodyWatches(() -> server.configMap("b", "x"));
        assertEquals(410, feed.next().getFirst().object().get("code").asInt());
      }
      assertEquals(List.of("a", "b"), names(server.get(MAPS)));
    }
  }

  @Test
  void writesToAClosedStoreAre503() {
    try (var server = new TestServer()) {
      server.store.close();
      assertEquals(
          StatusReason.SERVICE_UNAVAILABLE, failure(() -> server.configMap("a", "x")).reason());
    }
  }
}
