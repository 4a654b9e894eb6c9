package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.Patch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a pod's status to the API server: only what differs, one write at a time, the newest
 * status wins over those that wait. Each write names the revision it was made against, so that a
 * stale one is refused and made anew.
 *
 * <p>Thread-safe; guarded by itself. A virtual thread writes while there is something to write.
 */
final class StatusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** The fields of a pod's status that are the kubelet's. */
  private static final List<String> OWNED =
      List.of(
          "observedGeneration",
          "phase",
          "reason",
          "message",
          "conditions",
          "hostIP",
          "hostIPs",
          "podIP",
          "podIPs",
          "startTime",
          "initContainerStatuses",
          "containerStatuses",
          "ephemeralContainerStatuses",
          "qosClass");

  private final ApiClient client;
  private final InstantSource clock;
  private final ObjectKey key;
  private final String uid;
  private final BiConsumer<JsonNode, Long> written;

  private ObjectNode base;
  private ObjectNode wanted;
  private boolean writing;
  private boolean gone;

  /**
   * @param written told of each status that was committed, with its revision
   */
  StatusWriter(
      ApiClient client, InstantSource clock, ObjectNode pod, BiConsumer<JsonNode, Long> written) {
    this.client = client;
    this.clock = clock;
    this.key = Json.key(pod);
    this.uid = pod.at("/metadata/uid").asText();
    this.base = pod;
    this.written = written;
  }

  /** The API server's newest state of the pod, as far as a watch knows. */
  synchronized void observe(ObjectNode pod) {
    if (revision(pod) > revision(base)) {
      base = pod;
    }
  }

  /** The pod's status shall be this; returns at once. */
  synchronized void report(ObjectNode status) {
    if (gone) {
      return;
    }
    wanted = status;
    if (!writing) {
      writing = true;
      Thread.ofVirtual().name("status " + key).start(this::writeAll);
    }
  }

  /** Writes no more: the pod is gone. */
  synchronized void close() {
    gone = true;
    wanted = null;
    notifyAll();
  }

  /** Waits until what was reported is written, or the time is over. */
  synchronized void settle(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (writing && !gone) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  private void writeAll() {
    try {
      while (writeNext()) {}
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the newest status; false when there is none left. */
  private boolean writeNext() throws InterruptedException {
    ObjectNode status;
    ObjectNode against;
    synchronized (this) {
      status = wanted;
      against = base;
      wanted = null;
      if (status == null) {
        writing = false;
        notifyAll();
        return false;
      }
    }
    try {
      write(status, against);
    } catch (ApiException failure) {
      retryLater(status, failure);
    }
    return true;
  }

  private void write(ObjectNode status, ObjectNode against) {
    var patch = difference(status, against);
    if (patch.isEmpty()) {
      return;
    }
    var change = Json.object();
    change
        .putObject("metadata")
        .put("uid", uid)
        .put("resourceVersion", against.at("/metadata/resourceVersion").asText());
    change.set("status", patch);
    var after = client.patch(Resources.PODS, key, "status", Patch.merge(change));
    observe(after);
    written.accept(after.path("status"), revision(after));
  }

  private ObjectNode difference(ObjectNode status, ObjectNode against) {
    var known = against.path("status");
    var wished = status.deepCopy();
    wished.set(
        "conditions",
        Conditions.merged(status.path("conditions"), known.path("conditions"), clock.instant()));
    var patch = Json.object();
    for (var field : OWNED) {
      var value = wished.get(field);
      if (value != null && !value.equals(known.get(field))) {
        patch.set(field, value);
      } else if (value == null && known.has(field)) {
        patch.putNull(field);
      }
    }
    return patch;
  }

  private void retryLater(ObjectNode status, ApiException failure) throws InterruptedException {
    switch (failure.reason()) {
      case NOT_FOUND -> close();
      case CONFLICT -> refresh();
      case StatusReason other -> {
        LOG.warn("status of pod {} is not written yet: {}", key, failure.getMessage());
        pause();
      }
    }
    synchronized (this) {
      if (wanted == null && !gone) {
        wanted = status;
      }
    }
  }

  private void refresh() throws InterruptedException {
    try {
      var found = client.find(Resources.PODS, key);
      if (found.isEmpty() || !found.get().at("/metadata/uid").asText().equals(uid)) {
        close();
        return;
      }
      synchronized (this) {
        base = found.get();
      }
    } catch (ApiException failure) {
      LOG.debug("pod {}: {}", key, failure.getMessage());
      pause();
    }
  }

  private synchronized void pause() throws InterruptedException {
    if (!gone) {
      wait(RETRY.toMillis());
    }
  }

  private static long revision(JsonNode pod) {
    return pod.at("/metadata/resourceVersion").asLong();
  }
}
