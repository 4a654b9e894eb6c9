package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.HttpsTransport;
import io.jkube.client.ListOptions;
import io.jkube.testing.ForegroundServer;
import io.jkube.testing.UserMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole server is killed twenty times while clients write: as it serves, and as it starts.
 * Whatever it acknowledged is there afterwards, at the revision that it told.
 */
@Timeout(300)
final class ServerKillIT {
  private static final int KILLS = 20;

  /** Every so many kills one comes while the server starts. */
  private static final int KILL_IN_START = 5;

  private static final int MOST_ACKNOWLEDGEMENTS = 500;
  private static final int LOAD_LIMIT_SECONDS = 30;
  private static final int LONGEST_START_MILLIS = 900;
  private static final int CLIENTS = 6;

  private final List<MapClient> mapClients =
      IntStream.range(0, CLIENTS).mapToObj(MapClient::new).toList();
  private final PodClient podClient = new PodClient();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private UserMachine user;

  @BeforeEach
  void open() throws Exception {
    user = UserMachine.open();
  }

  @AfterEach
  void close() throws Exception {
    user.close();
  }

  @Test
  void everythingAcknowledgedSurvives() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      if (kill % KILL_IN_START == KILL_IN_START - 1) {
        killWhileStarting();
      } else {
        loadUntilKilled("seed " + seed + ", kill " + kill);
      }
    }
    try (var server = start();
        var connection = server.connect(server.awaitReady())) {
      checkAll(new ApiClient(connection), "seed " + seed + ", the end");
    }
  }

  private void killWhileStarting() throws Exception {
    try (var server = start()) {
      server.letRun(random.nextInt(LONGEST_START_MILLIS));
    }
  }

  private void loadUntilKilled(String when) throws Exception {
    try (var server = start();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var connection = server.connect(server.awaitReady());
      try (connection) {
        checkAll(new ApiClient(connection), when);
        var acknowledgements = new CountDownLatch(1 + random.nextInt(MOST_ACKNOWLEDGEMENTS));
        var loads = load(connection, executor, acknowledgements);
        boolean written = acknowledgements.await(LOAD_LIMIT_SECONDS, TimeUnit.SECONDS);
        server.kill();
        assertTrue(written, when + ": the server takes no writes");
        for (var load : loads) {
          load.get();
        }
      }
    }
  }

  private List<Future<?>> load(
      HttpsTransport connection, ExecutorService executor, CountDownLatch told) {
    var api = new ApiClient(connection);
    var loads = new ArrayList<Future<?>>();
    for (var client : mapClients) {
      loads.add(executor.submit(() -> client.writeUntilKilled(api, random.nextLong(), told)));
    }
    loads.add(executor.submit(() -> podClient.writeUntilKilled(api, told)));
    return loads;
  }

  private ForegroundServer start() throws Exception {
    return user.foreground("--runtime", "fake", "--port", "0");
  }

  private void checkAll(ApiClient api, String when) {
    var listed = api.list(Resources.CONFIG_MAPS, "default", ListOptions.ALL);
    var maps = byName(listed.items());
    for (var client : mapClients) {
      assertTrue(Long.parseLong(listed.resourceVersion()) >= client.newestRevision(), when);
      client.check(maps, when);
    }
    podClient.check(byName(api.list(Resources.PODS, "default", ListOptions.ALL).items()), when);
  }

  private static Map<String, ObjectNode> byName(List<ObjectNode> objects) {
    var byName = new HashMap<String, ObjectNode>();
    objects.forEach(object -> byName.put(object.at("/metadata/name").asText(), object));
    return byName;
  }
}
