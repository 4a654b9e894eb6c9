package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The revision of each object as its controller last wrote it: on an older copy it would do again
 * what it has done. Thread-safe.
 */
final class LastWrites {
  private final Map<ObjectKey, Long> revisions = new ConcurrentHashMap<>();

  void note(JsonNode written) {
    revisions.put(Json.key(written), revision(written));
  }

  /** Whether the copy is older; that it gets newer calls for the next look. */
  boolean areNewerThan(JsonNode copy) {
    return revisions.getOrDefault(Json.key(copy), 0L) > revision(copy);
  }

  /** The object is gone. */
  void forget(ObjectKey key) {
    revisions.remove(key);
  }

  private static long revision(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asLong();
  }
}
