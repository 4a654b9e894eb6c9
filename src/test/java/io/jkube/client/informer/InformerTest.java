package io.jkube.client.informer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InformerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void droppedConnectionsLoseAndRepeatNothing(long seed) throws InterruptedException {
    var server = new FlakyServer(seed);
    var history = new History();
    try (var informer = informer(server).build().addHandler(history).start()) {
      assertTrue(informer.awaitSynced(LIMIT));
      server.failing(0.2);
      var written = new ArrayList<String>();
      var random = new Random(seed);
      for (int i = 0; i < 300; i++) {
        written.add(Long.toString(server.put("cm-" + random.nextInt(10))));
      }
      server.failing(0);
      history.await(written.size());
      assertEquals(written, history.versions(), "every change, in order, once");
      assertEquals(1, server.lists, "a dropped watch goes on, it does not list again");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void forgottenRevisionsEndAtTheNewestState(long seed) throws InterruptedException {
    var server = new FlakyServer(seed);
    var history = new History();
    try (var informer = informer(server).build().addHandler(history).start()) {
      var random = new Random(seed);
      server.failing(0.1);
      for (int gone = 1; gone <= 10; gone++) {
        changeUntilForgotten(server, random, gone);
      }
      server.failing(0);
      history.awaitState(server.state());
      assertEquals(server.state(), copy(informer));
    }
  }

  @Test
  void aForgottenRevisionIsListedAgain() throws InterruptedException {
    var server = new FlakyServer(1);
    server.put("kept");
    server.put("dropped");
    var history = new History();
    try (var informer = informer(server).build().addHandler(history).start()) {
      assertTrue(informer.awaitSynced(LIMIT));
      synchronized (server) {
        server.delete("dropped");
        server.put("kept");
        server.compact();
      }
      history.await(4);
      assertEquals(2, server.lists);
      assertEquals(1, server.goneAnswers);
      assertEquals(server.state(), copy(informer));
    }
  }

  @Test
  void aLateHandlerIsToldOfWhatIsThere() throws InterruptedException {
    var server = new FlakyServer(1);
    server.put("a");
    server.put("b");
    try (var informer = informer(server).build().start()) {
      assertTrue(informer.awaitSynced(LIMIT));
      var late = new History();
      informer.addHandler(late);
      assertEquals(server.state(), late.state());
    }
  }

  @Test
  void findsByNamespaceAndByIndex() throws InterruptedException {
    var server = new FlakyServer(1);
    server.put("web-1");
    server.put("api-1");
    server.put("web-2");
    var builder =
        informer(server)
            .index("app", cm -> List.of(cm.path("metadata").path("name").asText().split("-")[0]));
    try (var informer = builder.build().start()) {
      assertTrue(informer.awaitSynced(LIMIT));
      assertEquals(2, informer.list("ns-1").size());
      assertEquals(3, informer.list("").size());
      assertEquals(2, informer.byIndex("app", "web").size());
      assertEquals(List.of(), informer.byIndex("app", "db"));
      assertTrue(informer.get(new ObjectKey("ns-2", "web-2")).isPresent());
      assertThrows(IllegalArgumentException.class, () -> informer.byIndex("zone", "a"));
    }
  }

  @Test
  void aHandlerThatFailsHarmsNobody() throws InterruptedException {
    var server = new FlakyServer(1);
    var history = new History();
    ObjectHandler<ObjectNode> broken =
        ObjectHandler.onEvery(
            (key, object) -> {
              throw new IllegalStateException("broken handler of a test");
            });
    try (var informer = informer(server).build().addHandler(broken).addHandler(history).start()) {
      assertTrue(informer.awaitSynced(LIMIT));
      server.put("a");
      server.put("a");
      history.await(2);
    }
  }

  @Test
  void anUnreadableObjectIsLeftOutAndTheOthersAreThere() throws InterruptedException {
    var server = new FlakyServer(1);
    server.put("bad");
    server.put("good");
    var builder =
        Informer.of(
            new ApiClient(server),
            Resources.CONFIG_MAPS,
            tree -> {
              var name = tree.path("metadata").path("name").asText();
              if (name.equals("bad")) {
                throw ApiException.badRequest("unreadable in a test");
              }
              return name;
            });
    try (var informer = builder.build().start()) {
      assertTrue(informer.awaitSynced(LIMIT));
      assertEquals(List.of("good"), informer.list());
    }
  }

  @Test
  void closingEndsTheWatch() throws InterruptedException {
    var server = new FlakyServer(1);
    var informer = informer(server).build().start();
    assertTrue(informer.awaitSynced(LIMIT));
    informer.close();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline && open(server) > 0) {
      Thread.onSpinWait();
    }
    assertEquals(0, open(server));
  }

  /** Changes objects at random and forgets history until a watch was refused so many times. */
  private static void changeUntilForgotten(FlakyServer server, Random random, int times)
      throws InterruptedException {
    synchronized (server) {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (server.goneAnswers < times) {
        assertTrue(System.nanoTime() < deadline, "no watch fell behind");
        for (int i = 0; i < 20; i++) {
          var name = "cm-" + random.nextInt(20);
          if (random.nextInt(3) == 0) {
            server.delete(name);
          } else {
            server.put(name);
          }
        }
        if (random.nextBoolean()) {
          server.compact();
        }
        // Lets the informer in for a moment.
        server.wait(1);
      }
    }
  }

  private static int open(FlakyServer server) {
    synchronized (server) {
      return server.openWatches;
    }
  }

  private static Informer.Builder<ObjectNode> informer(FlakyServer server) {
    return Informer.of(new ApiClient(server), Resources.CONFIG_MAPS)
        .retryAfter(Duration.ofMillis(1), Duration.ofMillis(4));
  }

  private static Map<String, String> copy(Informer<ObjectNode> informer) {
    var copy = new TreeMap<String, String>();
    for (var object : informer.list()) {
      copy.put(object.path("metadata").path("name").asText(), FlakyServer.version(object));
    }
    return copy;
  }

  /** What a handler was told; fails the test's waits when it was told nonsense. */
  private static final class History implements ObjectHandler<ObjectNode> {
    private final List<String> versions = new ArrayList<>();
    private final Map<ObjectKey, ObjectNode> known = new HashMap<>();
    private final List<String> nonsense = new ArrayList<>();
    private int told;

    @Override
    public synchronized void added(ObjectKey key, ObjectNode object) {
      check(known.put(key, object) == null, key + " added twice");
      note(object);
    }

    @Override
    public synchronized void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      check(known.put(key, after) == before, key + " updated from a state nobody was told");
      check(number(after) > number(before), key + " went back or was repeated");
      note(after);
    }

    @Override
    public synchronized void deleted(ObjectKey key, ObjectNode last) {
      check(known.remove(key) != null, key + " deleted, but nobody was told of it");
      told++;
      notifyAll();
    }

    synchronized List<String> versions() {
      return List.copyOf(versions);
    }

    synchronized Map<String, String> state() {
      var state = new TreeMap<String, String>();
      known.forEach((key, object) -> state.put(key.name(), FlakyServer.version(object)));
      return state;
    }

    synchronized void await(int changes) throws InterruptedException {
      awaitUntil(() -> told >= changes, changes + " changes, told of " + told);
    }

    /** Waits until what was told adds up to these names and versions. */
    synchronized void awaitState(Map<String, String> state) throws InterruptedException {
      awaitUntil(() -> state().equals(state), state + ", told of " + state());
    }

    private void awaitUntil(BooleanSupplier reached, String what) throws InterruptedException {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (!reached.getAsBoolean() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.timedWait(this, 50);
      }
      assertTrue(reached.getAsBoolean(), () -> "waited for " + what);
      assertEquals(List.of(), nonsense);
    }

    private void note(ObjectNode object) {
      versions.add(FlakyServer.version(object));
      told++;
      notifyAll();
    }

    private void check(boolean holds, String otherwise) {
      if (!holds) {
        nonsense.add(otherwise);
      }
    }

    private static long number(ObjectNode object) {
      return Long.parseLong(FlakyServer.version(object));
    }
  }
}
