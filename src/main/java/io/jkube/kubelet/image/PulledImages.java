package io.jkube.kubelet.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which images of the engine this kubelet pulled: those, and no others, are its own to remove. Kept
 * in a file, for the kubelet that comes after this one. Thread-safe; guarded by itself.
 */
public final class PulledImages {
  private static final Logger LOG = LoggerFactory.getLogger(PulledImages.class);

  private final Path file;
  private final Map<String, Pulled> byId = new LinkedHashMap<>();

  /**
   * @param reference under which it was pulled
   * @param lastUsed when a container of it was last seen, or it was pulled
   */
  record Pulled(String reference, Instant lastUsed) {}

  private PulledImages(Path file) {
    this.file = file;
  }

  /** A file that cannot be read is that of nobody: what it named is left to its owner. */
  public static PulledImages in(Path file) {
    var pulled = new PulledImages(file);
    if (Files.exists(file)) {
      try {
        pulled.read(Json.parse(Files.readAllBytes(file)));
      } catch (IOException | RuntimeException unreadable) {
        LOG.warn("no image of {} will be removed: {}", file, unreadable.toString());
      }
    }
    return pulled;
  }

  private void read(ObjectNode tree) {
    for (var entry : tree.properties()) {
      var told = entry.getValue();
      var lastUsed = Timestamps.parse(told.path("lastUsed").asText());
      byId.put(entry.getKey(), new Pulled(told.path("reference").asText(), lastUsed));
    }
  }

  synchronized void note(String id, String reference, Instant now) {
    byId.put(id, new Pulled(reference, now));
    write();
  }

  /** Containers of these images are there; how long ago that was counts, not how often. */
  synchronized void used(Set<String> ids, Instant now) {
    boolean any = false;
    for (var id : ids) {
      any |= byId.computeIfPresent(id, (key, was) -> new Pulled(was.reference, now)) != null;
    }
    if (any) {
      write();
    }
  }

  synchronized void forget(String id) {
    if (byId.remove(id) != null) {
      write();
    }
  }

  synchronized Map<String, Pulled> all() {
    return new HashMap<>(byId);
  }

  private void write() {
    var tree = Json.object();
    byId.forEach(
        (id, pulled) ->
            tree.putObject(id)
                .put("reference", pulled.reference)
                .put("lastUsed", Timestamps.seconds(pulled.lastUsed)));
    try {
      Files.createDirectories(file.getParent());
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, Json.bytes(tree));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UncheckedIOException full) {
      LOG.warn("{} cannot be written: {}", file, full.toString());
    }
  }
}
