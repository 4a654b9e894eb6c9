package io.jkube.cluster.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which process serves a cluster, and how: written when the API answers. It stays when the server
 * ends, and is then believed no more.
 *
 * @param processStart tells the process from a later one with the same number
 * @param port of the API on 127.0.0.1
 * @param insecurePort 0 when there is none
 * @param runtime {@code docker} or {@code fake}
 * @param options by the names of the flags that gave them
 */
public record ServerRecord(
    long pid,
    Instant processStart,
    Instant started,
    String version,
    int port,
    int insecurePort,
    int nodes,
    String runtime,
    Map<String, String> options) {
  /** Of a server that ended in order. */
  private static final long NO_PROCESS = 0;

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  public ServerRecord {
    options = Map.copyOf(options);
  }

  public String url() {
    return "https://127.0.0.1:" + port;
  }

  /** The living process, if it is still the one that was recorded. */
  public Optional<ProcessHandle> process() {
    return Optional.of(pid)
        .filter(number -> number != NO_PROCESS)
        .flatMap(ProcessHandle::of)
        .filter(Liveness::runs)
        .filter(process -> process.info().startInstant().map(this::isProcessStart).orElse(true));
  }

  /** Linux counts from its boot time, which it computes anew, and rounds, each time. */
  private boolean isProcessStart(Instant start) {
    return Duration.between(start, processStart).abs().compareTo(CLOCK_TOLERANCE) < 0;
  }

  /** The record of this server when it is no more: what it was started with stays known. */
  public ServerRecord ended() {
    return new ServerRecord(
        NO_PROCESS, processStart, started, version, port, insecurePort, nodes, runtime, options);
  }

  public ServerRecord withoutInsecurePort() {
    return new ServerRecord(pid, processStart, started, version, port, 0, nodes, runtime, options);
  }

  /** The same server, started with these options. */
  public ServerRecord with(Map<String, String> options) {
    return new ServerRecord(
        pid, processStart, started, version, port, insecurePort, nodes, runtime, options);
  }

  public void write(ClusterFolder folder) throws IOException {
    var node = Json.object();
    node.put("pid", pid).put("processStart", processStart.toString());
    node.put("started", started.toString()).put("version", version);
    node.put("port", port).put("insecurePort", insecurePort);
    node.put("nodes", nodes).put("runtime", runtime);
    var chosen = node.putObject("options");
    options.forEach(chosen::put);
    PrivateFiles.write(folder.record(), Json.bytes(node));
  }

  /**
   * The record of the server that now runs; empty when there is none, or a crash left a stale one.
   */
  public static Optional<ServerRecord> ofRunning(ClusterFolder folder) {
    return read(folder).filter(record -> record.process().isPresent());
  }

  /** What was noted by the server that runs or ran last. */
  public static Optional<ServerRecord> read(ClusterFolder folder) {
    try {
      return Optional.of(of(Json.parse(Files.readAllBytes(folder.record()))));
    } catch (IOException | ApiException | DateTimeException absentOrTorn) {
      return Optional.empty();
    }
  }

  private static ServerRecord of(ObjectNode node) {
    return new ServerRecord(
        node.path("pid").asLong(),
        Instant.parse(node.path("processStart").asText()),
        Instant.parse(node.path("started").asText()),
        node.path("version").asText(),
        node.path("port").asInt(),
        node.path("insecurePort").asInt(),
        node.path("nodes").asInt(),
        node.path("runtime").asText(),
        options(node));
  }

  private static Map<String, String> options(ObjectNode node) {
    var options = new HashMap<String, String>();
    node.path("options")
        .properties()
        .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
    return options;
  }
}
