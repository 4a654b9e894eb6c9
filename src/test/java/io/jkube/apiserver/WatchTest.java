package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.json;
import static io.jkube.apiserver.TestServer.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a watch tells, from where, and how it ends. */
@Timeout(20)
final class WatchTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tellsTheChangesAfterARevision() throws InterruptedException {
    var revision = server.configMap("a", "x");
    server.configMap("b", "x");
    try (var feed = server.watch(MAPS + "?watch=1&resourceVersion=" + revision)) {
      assertEquals(List.of("ADDED b"), take(feed, 1));
      server.put(MAPS + "/a", json("{'metadata':{'name':'a'},'data':{'k':'v'}}"));
      server.delete(MAPS + "/a");
      assertEquals(List.of("MODIFIED a", "DELETED a"), take(feed, 2));
    }
  }

  @Test
  void aDeletedObjectCarriesTheRevisionOfItsDeletion() throws InterruptedException {
    var revision = server.configMap("a", "x");
    server.delete(MAPS + "/a");
    try (var feed = server.watch(MAPS + "?watch=1&resourceVersion=" + revision)) {
      var deleted = feed.next().getFirst().object();
      assertEquals(Long.parseLong(revision) + 1, Long.parseLong(TestServer.version(deleted)));
    }
  }

  @Test
  void withoutARevisionBeginsWithTheState() throws InterruptedException {
    server.configMap("a", "x");
    server.configMap("b", "x");
    try (var feed = server.watch(MAPS + "?watch=1")) {
      assertEquals(List.of("ADDED a", "ADDED b"), take(feed, 2));
      server.configMap("c", "x");
      assertEquals(List.of("ADDED c"), take(feed, 1));
    }
  }

  @Test
  void objectsEnterAndLeaveASelection() throws InterruptedException {
    var revision = server.configMap("a", "blue");
    var query = "?watch=1&labelSelector=app%3Dred&resourceVersion=" + revision;
    try (var feed = server.watch(MAPS + query)) {
      relabel("red");
      relabel("green");
      relabel("red");
      server.delete(MAPS + "/a");
      assertEquals(List.of("ADDED a", "DELETED a", "ADDED a", "DELETED a"), take(feed, 4));
    }
  }

  private void relabel(String label) {
    server.put(MAPS + "/a", json("{'metadata':{'name':'a','labels':{'app':'" + label + "'}}}"));
  }

  @Test
  void otherNamespacesAndKindsAreNotTold() throws InterruptedException {
    server.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}");
    try (var feed = server.watch(MAPS + "?watch=1")) {
      server.post("/api/v1/namespaces/other/configmaps", "{'metadata':{'name':'z'}}");
      server.configMap("a", "x");
      assertEquals(List.of("ADDED a"), take(feed, 1));
    }
  }

  @Test
  void theEndOfTheStateIsBookmarked() throws InterruptedException {
    server.configMap("a", "x");
    var query = "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
    try (var feed = server.watch(MAPS + query + "&allowWatchBookmarks=true")) {
      var events = feed.next();
      assertEquals("ADDED", events.get(0).type());
      var bookmark = events.get(1);
      assertEquals("BOOKMARK", bookmark.type());
      assertEquals("ConfigMap", bookmark.object().get("kind").asText());
      assertEquals(
          "true",
          bookmark.object().at("/metadata/annotations/k8s.io~1initial-events-end").asText());
      assertEquals(Long.toString(server.store.revision()), TestServer.version(bookmark.object()));
    }
    try (var silent = server.watch(MAPS + query)) {
      assertEquals(1, silent.next().size(), "no bookmark for whom it would be news");
    }
  }

  @Test
  void endsAfterItsTimeoutWithABookmark() throws InterruptedException {
    var revision = server.configMap("a", "x");
    var query = "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=" + revision;
    try (var feed = server.watch(MAPS + query)) {
      var last = feed.next();
      assertEquals("BOOKMARK", last.getFirst().type());
      assertEquals(revision, TestServer.version(last.getFirst().object()));
      assertTrue(feed.next().isEmpty());
    }
  }

  @Test
  void changesThatAreGoneAre410() throws InterruptedException {
    // A list waits for the feed: the cache of config maps, filled after it, begins behind revision
    // 1.
    server.get("/api/v1/namespaces");
    server.configMap("a", "x");
    try (var gone = server.watch(MAPS + "?watch=1&resourceVersion=1")) {
      var told = gone.next().getFirst();
      assertEquals("ERROR", told.type());
      assertEquals(410, told.object().get("code").asInt());
      assertEquals("Expired", told.object().get("reason").asText());
      var message = told.object().get("message").asText();
      assertTrue(message.startsWith("too old resource version: 1 ("), message);
      assertTrue(gone.next().isEmpty());
    }
  }

  @Test
  void aWatchGoesOnWhereAnotherEnded() throws InterruptedException {
    var revision = server.configMap("a", "x");
    String last;
    try (var first = server.watch(MAPS + "?watch=1&resourceVersion=" + revision)) {
      server.configMap("b", "x");
      last = TestServer.version(first.next().getFirst().object());
    }
    server.configMap("c", "x");
    server.delete(MAPS + "/a");
    try (var second = server.watch(MAPS + "?watch=1&resourceVersion=" + last)) {
      assertEquals(List.of("ADDED c", "DELETED a"), take(second, 2));
    }
  }

  @Test
  void watchersThatBeginAnywhereSeeTheSameOrder() throws InterruptedException {
    var revision = server.configMap("a", "x");
    var writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 60; i++) {
                    server.configMap("m" + i, "x");
                    if (i % 3 == 0) {
                      server.delete(MAPS + "/m" + i);
                    }
                  }
                });
    var all = new ArrayList<String>();
    try (var first = server.watch(MAPS + "?watch=1&resourceVersion=" + revision)) {
      while (all.size() < 80) {
        first.next().forEach(event -> all.add(TestServer.version(event.object())));
      }
    }
    writer.join();
    for (int i = 0; i < all.size() - 1; i += 7) {
      var later = new ArrayList<String>();
      try (var feed = server.watch(MAPS + "?watch=1&resourceVersion=" + all.get(i))) {
        while (later.size() < all.size() - i - 1) {
          feed.next().forEach(event -> later.add(TestServer.version(event.object())));
        }
      }
      assertEquals(all.subList(i + 1, all.size()), later);
    }
  }

  @Test
  void aSlowWatcherIsEndedAndHoldsNobody() throws InterruptedException {
    var revision = server.configMap("a", "x");
    try (var slow = server.watch(MAPS + "?watch=1&resourceVersion=" + revision)) {
      for (int i = 0; i < 8200; i++) {
        server.put(MAPS + "/a", json("{'metadata':{'name':'a'},'data':{'k':'" + i + "'}}"));
      }
      // A list waits until every change has come to the watchers; reading one object does not.
      server.get(MAPS);
      var end = slow.next();
      assertEquals("ERROR", end.getFirst().type());
      assertEquals(410, end.getFirst().object().get("code").asInt());
      assertTrue(slow.next().isEmpty());
    }
  }

  @Test
  void allWatchersGetTheSameBytes() throws InterruptedException {
    var revision = server.configMap("a", "x");
    var query = "?watch=1&resourceVersion=" + revision;
    try (var one = server.watch(MAPS + query);
        var two = server.watch(MAPS + query)) {
      server.configMap("b", "x");
      assertSame(one.next().getFirst().line(), two.next().getFirst().line());
    }
  }

  @Test
  void closingEndsAWaitingReader() throws InterruptedException {
    var feed = server.watch(MAPS + "?watch=1");
    var closer = Thread.ofVirtual().start(feed::close);
    assertTrue(feed.next().isEmpty());
    closer.join();
  }

  @Test
  void tablesOfOneRow() throws InterruptedException {
    server.configMap("a", "x");
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    try (var feed = server.watch(MAPS + "?watch=1")) {
      var table = feed.next().getFirst().object();
      assertEquals("Table", table.get("kind").asText());
      assertEquals("a", table.at("/rows/0/cells/0").asText());
    }
  }
}
