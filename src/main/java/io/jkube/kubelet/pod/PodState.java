package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.kubelet.container.PodFacts;
import io.jkube.kubelet.container.PodNames;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All a worker knows of its pod. Confined to the worker. */
final class PodState {
  private static final List<String> STATUSES =
      List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");

  private final PodParts parts;
  private final Map<String, ContainerRecord> records = new LinkedHashMap<>();
  private final Instant startTime;
  private ObjectNode tree;
  private Pod pod;
  private List<Container> ephemeral;
  private SandboxState sandbox = new SandboxState.Absent(0);
  private String address;
  private Instant wakeAt;

  PodState(PodParts parts, ObjectNode tree) {
    this.parts = parts;
    this.tree = tree;
    read(tree);
    this.address = tree.at("/status/podIP").asText("");
    var said = tree.at("/status/startTime").asText("");
    this.startTime = said.isEmpty() ? parts.clock().instant() : Timestamps.parse(said);
  }

  private void read(ObjectNode newest) {
    pod = Json.as(newest, Pod.class);
    ephemeral =
        newest
            .at("/spec/ephemeralContainers")
            .valueStream()
            .map(container -> Json.as(container, Container.class))
            .toList();
    allContainers().forEach(this::addRecord);
  }

  /** The restart count goes on where the status stands, should the engine have forgotten. */
  private void addRecord(Container container) {
    if (records.containsKey(container.getName())) {
      return;
    }
    int next = 0;
    for (var field : STATUSES) {
      for (var status : tree.path("status").path(field)) {
        boolean same = status.path("name").asText().equals(container.getName());
        if (same && status.hasNonNull("containerID")) {
          next = status.path("restartCount").asInt() + 1;
        }
      }
    }
    records.put(container.getName(), new ContainerRecord(container.getName(), next));
  }

  /** A newer state of the pod from the API server. */
  void change(ObjectNode newer) {
    boolean same =
        newer.path("spec").equals(tree.path("spec"))
            && newer.at("/metadata/labels").equals(tree.at("/metadata/labels"))
            && newer.at("/metadata/annotations").equals(tree.at("/metadata/annotations"));
    tree = newer;
    if (!same) {
      read(newer);
    }
  }

  ObjectNode tree() {
    return tree;
  }

  Pod pod() {
    return pod;
  }

  PodRef ref() {
    return PodNames.ref(pod);
  }

  String uid() {
    return pod.getMetadata().getUid();
  }

  Instant startTime() {
    return startTime;
  }

  long revision() {
    return tree.at("/metadata/resourceVersion").asLong();
  }

  boolean isBeingDeleted() {
    return tree.path("metadata").hasNonNull("deletionTimestamp");
  }

  /** How long its containers may take to end. */
  Duration gracePeriod() {
    JsonNode ofDeletion = tree.at("/metadata/deletionGracePeriodSeconds");
    JsonNode own = tree.at("/spec/terminationGracePeriodSeconds");
    return Duration.ofSeconds(ofDeletion.isNumber() ? ofDeletion.asLong() : own.asLong(30));
  }

  /** Whether the API server was told already that the pod is done. */
  boolean isReportedDone() {
    var phase = tree.at("/status/phase").asText("");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  Stream<Container> allContainers() {
    var spec = pod.getSpec();
    return Stream.of(spec.getInitContainers(), spec.getContainers(), ephemeral)
        .flatMap(List::stream);
  }

  Container container(String name) {
    return allContainers().filter(c -> c.getName().equals(name)).findFirst().orElseThrow();
  }

  boolean isInit(String name) {
    return pod.getSpec().getInitContainers().stream().anyMatch(c -> c.getName().equals(name));
  }

  /** In which list of the spec the container stands. */
  String listOf(String name) {
    if (isInit(name)) {
      return "initContainers";
    }
    return ephemeral.stream().anyMatch(container -> container.getName().equals(name))
        ? "ephemeralContainers"
        : "containers";
  }

  /** Those that were put in to look at the pod, as other containers are described. */
  List<Container> ephemeralContainers() {
    return ephemeral;
  }

  Map<String, ContainerRecord> records() {
    return records;
  }

  ContainerRecord record(Container container) {
    return records.get(container.getName());
  }

  /** The record whose newest instance has this id. */
  Optional<ContainerRecord> byId(String containerId) {
    return records.values().stream()
        .filter(record -> record.newest() != null && record.newest().id().equals(containerId))
        .findFirst();
  }

  boolean anyRunning() {
    return records.values().stream().anyMatch(ContainerRecord::isRunning);
  }

  SandboxState sandbox() {
    return sandbox;
  }

  void sandbox(SandboxState next) {
    sandbox = next;
    var current = currentAddress();
    if (next.runningId() != null && !current.isEmpty()) {
      address = current;
    }
  }

  /** The address the pod has, or had when it last ran; empty before its first sandbox has one. */
  String address() {
    return address;
  }

  private String currentAddress() {
    boolean host = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    return host ? parts.nodeAddress() : sandbox.address();
  }

  PodFacts facts() {
    return new PodFacts(
        pod,
        currentAddress(),
        parts.nodeAddress(),
        parts.machine().cpus(),
        parts.machine().memoryBytes());
  }

  /** The worker has something to do at that time, if not before. */
  void wakeBy(Instant when) {
    if (wakeAt == null || when.isBefore(wakeAt)) {
      wakeAt = when;
    }
  }

  /** Null when only a signal brings work. */
  Instant wakeAt() {
    return wakeAt;
  }

  void forgetWake() {
    wakeAt = null;
  }
}
