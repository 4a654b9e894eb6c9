package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.kubelet.container.Containers;
import io.jkube.kubelet.container.QosClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A pod's status out of what its worker knows (Kubernetes: "Pod Lifecycle"). Without side effects;
 * conditions have no times yet.
 */
final class PodStatusTree {
  private final Pod pod;
  private final JsonNode tree;
  private final Map<String, ContainerRecord> records;
  private final SandboxState sandbox;
  private final String address;
  private final boolean over;
  private final Resize.Standing resizing;
  private final ObjectNode status = Json.object();

  /**
   * @param tree the pod as the API server has it: its conditions count for readiness gates
   * @param address the pod's, or empty before it has one
   * @param over whether nothing of the pod will run again: it is done or being deleted
   * @param resizing null when the pod has what it asks for
   */
  PodStatusTree(
      Pod pod,
      JsonNode tree,
      Map<String, ContainerRecord> records,
      SandboxState sandbox,
      String address,
      boolean over,
      Resize.Standing resizing) {
    this.pod = pod;
    this.tree = tree;
    this.records = records;
    this.sandbox = sandbox;
    this.address = address;
    this.over = over;
    this.resizing = resizing;
  }

  /**
   * @param ephemeral the pod's ephemeral containers: no part of what the pod as a whole is like
   */
  ObjectNode build(
      String hostAddress,
      Instant startTime,
      ContainerStatusTree containers,
      List<Container> ephemeral) {
    status.put("phase", phase());
    generation(status);
    status.put("hostIP", hostAddress);
    status.putArray("hostIPs").addObject().put("ip", hostAddress);
    address();
    status.put("startTime", Timestamps.seconds(startTime));
    status.put("qosClass", QosClass.of(pod).text());
    var spec = pod.getSpec();
    if (!spec.getInitContainers().isEmpty()) {
      status.set("initContainerStatuses", statuses(spec.getInitContainers(), containers));
    }
    status.set("containerStatuses", statuses(spec.getContainers(), containers));
    if (!ephemeral.isEmpty()) {
      var statuses = status.putArray("ephemeralContainerStatuses");
      ephemeral.forEach(each -> statuses.add(ephemeral(each, containers)));
    }
    conditions();
    return status;
  }

  /** It is neither asked whether it is ready nor started anew. */
  private ObjectNode ephemeral(Container spec, ContainerStatusTree containers) {
    var record = records.get(spec.getName());
    var said = said(spec.getName());
    boolean forgotten = record.newest() == null && record.wasEverMade();
    if (forgotten && said.path("state").has("terminated")) {
      return said.deepCopy();
    }
    var built = containers.of(spec, record, otherwise());
    built.put("ready", false).put("restartCount", 0).remove(List.of("started", "resources"));
    if (forgotten) {
      built.set("containerID", said.path("containerID"));
      built.set("state", ContainerStatusTree.lost(said.path("containerID").asText()));
    }
    return built;
  }

  private JsonNode said(String ephemeral) {
    return tree.at("/status/ephemeralContainerStatuses")
        .valueStream()
        .filter(status -> status.path("name").asText().equals(ephemeral))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** The status of a pod that is not run at all, with the reason why. */
  ObjectNode refused(String reason, String message, Instant startTime) {
    status.put("phase", "Failed").put("reason", reason).put("message", message);
    generation(status);
    status.put("startTime", Timestamps.seconds(startTime));
    status.put("qosClass", QosClass.of(pod).text());
    var conditions = status.putArray("conditions");
    add(conditions, "Ready", false, "PodFailed", "");
    add(conditions, "ContainersReady", false, "PodFailed", "");
    return status;
  }

  /** Makes what was built say that the pod failed as a whole. */
  void fail(String reason, String message) {
    status.put("phase", "Failed").put("reason", reason).put("message", message);
    if (reason.equals(PodReport.EVICTED)) {
      add(
          status.withArray("conditions"),
          "DisruptionTarget",
          true,
          "TerminationByKubelet",
          message);
    }
  }

  private void generation(ObjectNode target) {
    var generation = tree.at("/metadata/generation");
    if (generation.isNumber()) {
      target.set("observedGeneration", generation);
    }
  }

  private void address() {
    if (!address.isEmpty()) {
      status.put("podIP", address);
      status.putArray("podIPs").addObject().put("ip", address);
    }
  }

  private ArrayNode statuses(List<Container> specs, ContainerStatusTree containers) {
    var otherwise = otherwise();
    var array = Json.array();
    for (var spec : specs) {
      array.add(containers.of(spec, records.get(spec.getName()), otherwise));
    }
    return array;
  }

  private Waiting otherwise() {
    return initialized() ? Waiting.CREATING : Waiting.INITIALIZING;
  }

  private boolean initialized() {
    return uninitialized().isEmpty();
  }

  private List<String> uninitialized() {
    var names = new ArrayList<String>();
    boolean begun =
        pod.getSpec().getContainers().stream()
            .anyMatch(main -> records.get(main.getName()).newest() != null);
    for (var init : pod.getSpec().getInitContainers()) {
      var record = records.get(init.getName());
      boolean done = begun || (Containers.isSidecar(init) ? record.started() : record.succeeded());
      if (!done) {
        names.add(init.getName());
      }
    }
    return names;
  }

  private String phase() {
    var before = tree.at("/status/phase").asText("");
    if (before.equals("Succeeded") || before.equals("Failed")) {
      return before;
    }
    var spec = pod.getSpec();
    boolean initFailed =
        spec.getInitContainers().stream()
            .filter(init -> !Containers.isSidecar(init))
            .anyMatch(init -> Restarts.initFailedForGood(pod, init, records.get(init.getName())));
    var phase = initFailed ? "Failed" : mainPhase();
    boolean running = records.values().stream().anyMatch(ContainerRecord::isRunning);
    // No pod is done while a sidecar runs.
    return running && isOver(phase) ? "Running" : phase;
  }

  private String mainPhase() {
    int running = 0;
    int ended = 0;
    int succeeded = 0;
    var mains = pod.getSpec().getContainers();
    for (var main : mains) {
      var record = records.get(main.getName());
      running += record.isRunning() ? 1 : 0;
      boolean hasEnded = record.hasExited() || !record.isRunning() && record.previous() != null;
      ended += hasEnded ? 1 : 0;
      succeeded += record.succeeded() ? 1 : 0;
    }
    if (over && running == 0 && ended + neverRan(mains) == mains.size()) {
      return succeeded == mains.size() ? "Succeeded" : "Failed";
    }
    if (!initialized() || running + ended < mains.size()) {
      return "Pending";
    }
    if (running > 0 || mains.stream().anyMatch(this::willRun)) {
      return "Running";
    }
    return succeeded == mains.size() ? "Succeeded" : "Failed";
  }

  private boolean willRun(Container main) {
    var record = records.get(main.getName());
    return !record.hasExited() || Restarts.wanted(pod, main, record);
  }

  private int neverRan(List<Container> mains) {
    return (int) mains.stream().filter(m -> records.get(m.getName()).newest() == null).count();
  }

  private void conditions() {
    var phase = status.path("phase").asText();
    var conditions = status.putArray("conditions");
    boolean network = sandbox.runningId() != null;
    add(conditions, "PodReadyToStartContainers", network, "", "");
    initializedCondition(conditions, phase);
    var unready = unready();
    readyCondition(conditions, phase, unready);
    containersCondition(conditions, "ContainersReady", phase, unready);
    add(conditions, "PodScheduled", true, "", "");
    if (resizing != null) {
      add(conditions, resizing.condition(), true, resizing.reason(), resizing.message());
    }
    conditions.forEach(condition -> generation((ObjectNode) condition));
  }

  private void initializedCondition(ArrayNode conditions, String phase) {
    var incomplete = uninitialized();
    if (phase.equals("Succeeded")) {
      add(conditions, "Initialized", true, "PodCompleted", "");
    } else if (incomplete.isEmpty()) {
      add(conditions, "Initialized", true, "", "");
    } else {
      var message = "containers with incomplete status: " + listed(incomplete);
      add(conditions, "Initialized", false, "ContainersNotInitialized", message);
    }
  }

  private void readyCondition(ArrayNode conditions, String phase, List<String> unready) {
    var gates = new ArrayList<String>();
    for (var gate : pod.getSpec().getReadinessGates()) {
      var found = Conditions.find(tree.at("/status/conditions"), gate.getConditionType());
      if (!found.path("status").asText("").equals("True")) {
        var why = found.isMissingNode() ? "does not exist" : "is not \"True\"";
        gates.add(
            "corresponding condition of pod readiness gate \""
                + gate.getConditionType()
                + "\" "
                + why
                + ".");
      }
    }
    if (unready.isEmpty() && !gates.isEmpty() && !isOver(phase)) {
      add(conditions, "Ready", false, "ReadinessGatesNotReady", String.join(", ", gates));
    } else {
      containersCondition(conditions, "Ready", phase, unready);
    }
  }

  private void containersCondition(
      ArrayNode conditions, String type, String phase, List<String> unready) {
    if (phase.equals("Succeeded")) {
      add(conditions, type, false, "PodCompleted", "");
    } else if (phase.equals("Failed")) {
      add(conditions, type, false, "PodFailed", "");
    } else if (unready.isEmpty()) {
      add(conditions, type, true, "", "");
    } else {
      var message = "containers with unready status: " + listed(unready);
      add(conditions, type, false, "ContainersNotReady", message);
    }
  }

  private static boolean isOver(String phase) {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private List<String> unready() {
    var names = new ArrayList<String>();
    var spec = pod.getSpec();
    spec.getInitContainers().stream()
        .filter(Containers::isSidecar)
        .forEach(sidecar -> names.add(sidecar.getName()));
    spec.getContainers().forEach(main -> names.add(main.getName()));
    names.removeIf(name -> records.get(name).ready());
    return names;
  }

  private static String listed(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static void add(
      ArrayNode conditions, String type, boolean holds, String reason, String message) {
    var condition = conditions.addObject().put("type", type);
    condition.put("status", holds ? "True" : "False");
    if (!reason.isEmpty()) {
      condition.put("reason", reason);
    }
    if (!message.isEmpty()) {
      condition.put("message", message);
    }
  }
}
