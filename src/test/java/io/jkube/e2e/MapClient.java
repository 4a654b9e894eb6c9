package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * One client with configmaps of its own, which it creates, updates and deletes until the server is
 * gone. It remembers what was acknowledged, and the one call whose answer never came.
 */
final class MapClient {
  private static final int MAPS = 15;
  private static final int DELETE_ONE_IN = 4;

  /** What a map is: its data and revision; null data where there is none. */
  private record State(String data, long revision) {
    static final State ABSENT = new State(null, 0);

    static State of(ObjectNode map) {
      return map == null
          ? ABSENT
          : new State(
              map.at("/data/value").asText(),
              Long.parseLong(map.at("/metadata/resourceVersion").asText()));
    }
  }

  private final int number;
  private final Map<String, State> known = new HashMap<>();
  private String callUnderWay;
  private String dataUnderWay;
  private long newestRevision;

  MapClient(int number) {
    this.number = number;
  }

  long newestRevision() {
    return newestRevision;
  }

  /**
   * @param acknowledgements counted down by one at each
   * @throws ApiException the server refused what it must not refuse
   */
  void writeUntilKilled(ApiClient api, long seed, CountDownLatch acknowledgements) {
    var random = new Random(seed);
    try {
      while (true) {
        write(api, "map-" + number + "-" + random.nextInt(MAPS), random);
        acknowledgements.countDown();
      }
    } catch (ApiException gone) {
      if (gone.reason() != StatusReason.SERVICE_UNAVAILABLE) {
        throw gone;
      }
    }
  }

  private void write(ApiClient api, String name, Random random) {
    var before = known.getOrDefault(name, State.ABSENT);
    boolean delete = before.data() != null && random.nextInt(DELETE_ONE_IN) == 0;
    callUnderWay = name;
    dataUnderWay = delete ? null : Long.toHexString(random.nextLong());
    if (delete) {
      api.delete(Resources.CONFIG_MAPS, key(name), DeleteOptions.DEFAULT);
      acknowledge(name, State.ABSENT);
    } else if (before.data() == null) {
      acknowledge(name, State.of(api.create(Resources.CONFIG_MAPS, map(name, 0))));
    } else {
      var updated = api.update(Resources.CONFIG_MAPS, map(name, before.revision()));
      acknowledge(name, State.of(updated));
    }
  }

  private void acknowledge(String name, State state) {
    known.put(name, state);
    callUnderWay = null;
    newestRevision = Math.max(newestRevision, state.revision());
  }

  /** Compares with what is there now, and goes on from that. */
  void check(Map<String, ObjectNode> maps, String when) {
    for (int i = 0; i < MAPS; i++) {
      var name = "map-" + number + "-" + i;
      var expected = known.getOrDefault(name, State.ABSENT);
      var found = State.of(maps.get(name));
      if (name.equals(callUnderWay) && !found.equals(expected)) {
        assertEquals(dataUnderWay, found.data(), when + ": " + name);
        assertTrue(
            found.data() == null || found.revision() > expected.revision(), when + ": " + name);
      } else {
        assertEquals(expected, found, when + ": " + name);
      }
      known.put(name, found);
    }
    callUnderWay = null;
  }

  private ObjectNode map(String name, long revision) {
    var map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    var metadata = map.putObject("metadata").put("name", name).put("namespace", "default");
    if (revision > 0) {
      metadata.put("resourceVersion", Long.toString(revision));
    }
    map.putObject("data").put("value", dataUnderWay);
    return map;
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }
}
