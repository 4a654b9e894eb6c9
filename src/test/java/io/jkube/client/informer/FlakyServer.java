package io.jkube.client.informer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A server of ConfigMaps in memory that fails by a seed: refuses calls, drops watches in the
 * middle, and forgets old revisions when told to.
 */
final class FlakyServer implements Transport {
  private final Random random;
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<WatchEvent> log = new ArrayList<>();
  private long revision = 10;
  private long compacted;
  private double failures;
  int lists;
  int goneAnswers;
  int openWatches;

  FlakyServer(long seed) {
    this.random = new Random(seed);
  }

  /** From now on, this share of calls and of watch steps fails. */
  synchronized void failing(double share) {
    failures = share;
    notifyAll();
  }

  synchronized long put(String name) {
    var type = objects.containsKey(name) ? "MODIFIED" : "ADDED";
    var object = object(name, ++revision);
    objects.put(name, object);
    append(type, object);
    return revision;
  }

  synchronized void delete(String name) {
    if (objects.remove(name) != null) {
      append("DELETED", object(name, ++revision));
    }
  }

  /** Forgets all history: a watch from an older revision is refused with 410. */
  synchronized void compact() {
    compacted = revision;
    log.clear();
    notifyAll();
  }

  /** Names and the revisions they stand at. */
  synchronized Map<String, String> state() {
    var state = new TreeMap<String, String>();
    objects.forEach((name, object) -> state.put(name, version(object)));
    return state;
  }

  static String version(ObjectNode object) {
    return object.path("metadata").path("resourceVersion").asText();
  }

  @Override
  public synchronized ObjectNode send(ApiCall call) {
    maybeRefuse();
    lists++;
    var list = Json.object();
    list.putObject("metadata").put("resourceVersion", Long.toString(revision));
    list.putArray("items").addAll(objects.values());
    return list;
  }

  @Override
  public synchronized WatchStream watch(ApiCall call) {
    maybeRefuse();
    openWatches++;
    return new Stream(Long.parseLong(call.query().get("resourceVersion").getFirst()));
  }

  @Override
  public InputStream stream(ApiCall call) {
    throw ApiException.internal("no logs here");
  }

  private void maybeRefuse() {
    if (fails()) {
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "try later");
    }
  }

  private boolean fails() {
    return random.nextDouble() < failures;
  }

  private void append(String type, ObjectNode object) {
    log.add(new WatchEvent(type, object));
    notifyAll();
  }

  private static ObjectNode object(String name, long version) {
    var object = Json.object().put("kind", "ConfigMap").put("apiVersion", "v1");
    object
        .putObject("metadata")
        .put("namespace", "ns-" + name.charAt(name.length() - 1))
        .put("name", name)
        .put("resourceVersion", Long.toString(version));
    return object;
  }

  private final class Stream implements WatchStream {
    private long seen;
    private boolean closed;

    Stream(long from) {
      this.seen = from;
    }

    @Override
    public WatchEvent next() throws InterruptedException {
      synchronized (FlakyServer.this) {
        while (!closed) {
          if (fails()) {
            return null;
          }
          if (seen < compacted) {
            goneAnswers++;
            return new WatchEvent("ERROR", gone());
          }
          for (var event : log) {
            long at = Long.parseLong(version(event.object()));
            if (at > seen) {
              seen = at;
              return event;
            }
          }
          FlakyServer.this.wait();
        }
        return null;
      }
    }

    @Override
    public void close() {
      synchronized (FlakyServer.this) {
        if (!closed) {
          closed = true;
          openWatches--;
          FlakyServer.this.notifyAll();
        }
      }
    }
  }

  private static ObjectNode gone() {
    return new ApiException(StatusReason.EXPIRED, "too old resource version").status();
  }
}
