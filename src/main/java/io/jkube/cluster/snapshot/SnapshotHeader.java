package io.jkube.cluster.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * What a snapshot says of itself.
 *
 * @param cluster whose state it is
 * @param folder where that cluster kept what it has
 * @param taken when
 * @param version of the jkube that took it
 * @param revision at which the state stood so
 * @param objects how many keys there were
 */
public record SnapshotHeader(
    String cluster, Path folder, Instant taken, String version, long revision, long objects) {
  public SnapshotHeader {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(taken, "taken");
    Objects.requireNonNull(version, "version");
    if (revision < 1 || objects < 0) {
      throw new IllegalArgumentException("revision " + revision + ", objects " + objects);
    }
  }

  public ObjectNode json() {
    return Json.object()
        .put("cluster", cluster)
        .put("folder", folder.toString())
        .put("taken", taken.toString())
        .put("version", version)
        .put("revision", revision)
        .put("objects", objects);
  }

  static SnapshotHeader of(ObjectNode node) {
    return new SnapshotHeader(
        node.path("cluster").asText(),
        Path.of(node.path("folder").asText()),
        Instant.parse(node.path("taken").asText()),
        node.path("version").asText(),
        node.path("revision").asLong(),
        node.path("objects").asLong());
  }
}
