package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.kubelet.container.PodFacts;
import io.jkube.kubelet.container.PodNames;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** All a worker knows of its pod. Confined to the worker. */
final class PodState {
  private static final List<String> STATUSES =
      List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");

  private final PodParts parts;
  private final Map<String, ContainerRecord> records = new LinkedHashMap<>();
  private final Instant startTime;
  private final Map<String, ResourceRequirements> allocated = new HashMap<>();
  private Resize.Standing resizing;
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
    allocate(container);
    for (var field : STATUSES) {
      for (var status : tree.path("status").path(field)) {
        boolean same = status.path("name").asText().equals(container.getName());
        if (same && status.hasNonNull("containerID")) {
          next = status.path("restartCount").asInt() + 1;
          if (status.path("resources").isObject()) {
            var given = Json.as((ObjectNode) status.path("resources"), ResourceRequirements.class);
            allocated.put(container.getName(), given);
          }
        }
      }
    }
    records.put(container.getName(), new ContainerRecord(container.getName(), next));
  }

  /** What the container has of the node, which after a change of its pod it may have no more of. */
  ResourceRequirements allocated(Container container) {
    return allocated.get(container.getName());
  }

  /** The container has what its pod asks for. */
  void allocate(Container container) {
    allocate(container.getName(), container.getResources());
  }

  void allocate(String container, ResourceRequirements resources) {
    allocated.put(container, resources);
  }

  /** The container with what it has instead of what it asks for. */
  Container asAllocated(Container container) {
    var has = allocated(container);
    return Objects.equals(has, container.getResources())
        ? container
        : new ContainerBuilder(container).withResources(has).build();
  }

  /** The pod with what its containers have. */
  Pod allocatedPod() {
    boolean asAsked =
        allContainers().allMatch(each -> Objects.equals(allocated(each), each.getResources()));
    if (asAsked) {
      return pod;
    }
    var spec = pod.getSpec();
    return new PodBuilder(pod)
        .editSpec()
        .withContainers(spec.getContainers().stream().map(this::asAllocated).toList())
        .withInitContainers(spec.getInitContainers().stream().map(this::asAllocated).toList())
        .endSpec()
        .build();
  }

  /** What keeps the pod from having what it asks for; null when it has it. */
  Resize.Standing resizing() {
    return resizing;
  }

  void resizing(Resize.Standing standing) {
    resizing = standing;
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

  /** Whether nothing of the pod was made yet, as far as the engine knows. */
  boolean isNew() {
    return records.values().stream().allMatch(record -> record.newest() == null);
  }

  /** Whether the API server was told already that the pod is done. */
  boolean isReportedDone() {
    var phase = tree.at("/status/phase").asText("");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** Whether it was told that the pod had to go for the machine's sake. */
  boolean isReportedEvicted() {
    return isReportedDone() && tree.at("/status/reason").asText().equals(PodReport.EVICTED);
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
        allocatedPod(),
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
