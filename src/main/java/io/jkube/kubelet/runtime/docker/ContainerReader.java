package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.kubelet.runtime.ContainerRuntime.Container;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import io.jkube.kubelet.runtime.ContainerRuntime.Usage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what an engine answers: an element of a list ({@code listed...}) or an inspection ({@code
 * inspected...}), which spell the same facts differently.
 */
final class ContainerReader {
  /** What an engine says instead of a time that never was. */
  private static final String NEVER = "0001-01-01T00:00:00";

  private ContainerReader() {}

  static Sandbox listedSandbox(JsonNode listed) {
    var labels = listed.path("Labels");
    return new Sandbox(
        listed.path("Id").asText(),
        Labels.pod(labels),
        Labels.attempt(labels),
        "running".equals(listed.path("State").asText()),
        address(listed),
        Instant.ofEpochSecond(listed.path("Created").asLong()),
        Labels.further(labels));
  }

  static Sandbox inspectedSandbox(JsonNode inspected) {
    var labels = inspected.path("Config").path("Labels");
    return new Sandbox(
        inspected.path("Id").asText(),
        Labels.pod(labels),
        Labels.attempt(labels),
        inspected.path("State").path("Running").asBoolean(),
        address(inspected),
        time(inspected.path("Created")),
        Labels.further(labels));
  }

  static ContainerSummary listedContainer(JsonNode listed) {
    var labels = listed.path("Labels");
    return new ContainerSummary(
        listed.path("Id").asText(),
        labels.path(Labels.SANDBOX_ID).asText(),
        Labels.pod(labels),
        labels.path(Labels.CONTAINER_NAME).asText(),
        Labels.attempt(labels),
        state(listed.path("State").asText()),
        listed.path("Image").asText(),
        listed.path("ImageID").asText(),
        Instant.ofEpochSecond(listed.path("Created").asLong()),
        Labels.further(labels));
  }

  static Container inspectedContainer(JsonNode inspected) {
    var config = inspected.path("Config");
    var labels = config.path("Labels");
    var said = inspected.path("State");
    var state = state(said);
    return new Container(
        inspected.path("Id").asText(),
        Labels.pod(labels),
        labels.path(Labels.CONTAINER_NAME).asText(),
        Labels.attempt(labels),
        state,
        config.path("Image").asText(),
        inspected.path("Image").asText(),
        state == State.EXITED ? said.path("ExitCode").asInt() : null,
        said.path("OOMKilled").asBoolean(),
        said.path("Error").asText(),
        time(inspected.path("Created")),
        time(said.path("StartedAt")),
        time(said.path("FinishedAt")),
        Labels.further(labels));
  }

  /** An image's inspection; a list's elements have all but the user. */
  static Image image(JsonNode image) {
    return new Image(
        image.path("Id").asText(),
        texts(image.path("RepoTags")),
        texts(image.path("RepoDigests")),
        image.path("Size").asLong(),
        image.path("Config").path("User").asText());
  }

  static boolean isSandbox(JsonNode labels) {
    return Labels.SANDBOX_TYPE.equals(labels.path(Labels.TYPE).asText());
  }

  /** One that failed to start stays "created" for the engine, with an exit code: it has ended. */
  private static State state(JsonNode said) {
    var state = state(said.path("Status").asText());
    return state == State.CREATED && said.path("ExitCode").asInt() != 0 ? State.EXITED : state;
  }

  private static State state(String word) {
    return switch (word) {
      case "created" -> State.CREATED;
      case "running", "paused", "restarting" -> State.RUNNING;
      case "exited", "dead", "removing" -> State.EXITED;
      default -> State.UNKNOWN;
    };
  }

  private static String address(JsonNode container) {
    for (var network : container.path("NetworkSettings").path("Networks")) {
      var address = network.path("IPAddress").asText();
      return address.isEmpty() ? null : address;
    }
    return null;
  }

  private static Instant time(JsonNode text) {
    var value = text.asText();
    return value.isEmpty() || value.startsWith(NEVER)
        ? null
        : OffsetDateTime.parse(value).toInstant();
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    texts.remove("<none>:<none>");
    texts.remove("<none>@<none>");
    return List.copyOf(texts);
  }

  /** Empty for one that does not run: it has used nothing at no time. */
  static Optional<Usage> usage(JsonNode stats) {
    var memory = stats.path("memory_stats");
    if (!memory.has("usage")) {
      return Optional.empty();
    }
    var detail = memory.path("stats");
    long cache =
        detail.has("total_inactive_file")
            ? detail.path("total_inactive_file").asLong()
            : detail.path("inactive_file").asLong();
    return Optional.of(
        new Usage(
            Instant.parse(stats.path("read").asText()),
            stats.at("/cpu_stats/cpu_usage/total_usage").asLong(),
            Math.max(0, memory.path("usage").asLong() - cache),
            stats.at("/pids_stats/current").asLong()));
  }
}
