package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.kubelet.container.QosClass;
import java.time.Duration;

/** Says to the API server what is true of the pod, whenever that changed. */
final class PodReport {
  /** The reason of a pod that had to go for the machine's sake. */
  static final String EVICTED = "Evicted";

  private final PodParts parts;
  private final PodState state;
  private final ContainerStatusTree containers;
  private StatusWriter writer;
  private String toldUid;
  private ObjectNode last = Json.object();
  private String failureReason = "";
  private String failureMessage = "";
  private boolean refused;
  private boolean noted;

  /** Of a pod that the API does not have nothing is said before somebody asks for it. */
  PodReport(PodParts parts, PodOrigin origin, PodState state) {
    this.parts = parts;
    this.state = state;
    this.containers = new ContainerStatusTree(parts.idScheme());
    tellOf(state.tree());
    var said = state.tree().path("status");
    if (said.path("phase").asText().equals("Failed")) {
      fail(said.path("reason").asText(), said.path("message").asText());
    }
    if (origin == PodOrigin.FILE) {
      writer.close();
    }
  }

  private void tellOf(ObjectNode object) {
    writer = new StatusWriter(parts.client(), parts.clock(), object, this::noteRunning);
    toldUid = object.at("/metadata/uid").asText();
  }

  /** This object of the API shows the pod from now on. */
  void tell(ObjectNode mirror) {
    if (toldUid.equals(mirror.at("/metadata/uid").asText())) {
      writer.observe(mirror);
      return;
    }
    writer.close();
    tellOf(mirror);
    if (!last.isEmpty()) {
      writer.report(last);
    }
  }

  void observe(ObjectNode pod) {
    writer.observe(pod);
  }

  /** The pod failed as a whole, for this reason, whatever its containers say. */
  void fail(String reason, String message) {
    failureReason = reason;
    failureMessage = message;
  }

  /** The pod is not run at all. */
  void refuse(String reason, String message) {
    fail(reason, message);
    refused = true;
  }

  /**
   * Of a pod whose end was told, and of which the engine has nothing, what was said stays: it is
   * all that is known.
   *
   * @param over whether nothing of the pod will run again
   */
  void send(boolean over) {
    if (!refused && state.isReportedDone() && state.isNew()) {
      return;
    }
    var tree =
        new PodStatusTree(
            state.allocatedPod(),
            state.tree(),
            state.records(),
            state.sandbox(),
            state.address(),
            over,
            state.resizing());
    var status =
        refused
            ? tree.refused(failureReason, failureMessage, state.startTime())
            : tree.build(
                parts.nodeAddress(), state.startTime(), containers, state.ephemeralContainers());
    if (!failureReason.isEmpty() && over) {
      tree.fail(failureReason, failureMessage);
    }
    if (!status.equals(last)) {
      last = status;
      writer.report(status);
    }
  }

  /** Waits until what was said is written. */
  void settle(Duration limit) throws InterruptedException {
    writer.settle(limit);
  }

  void close() {
    writer.close();
  }

  private void noteRunning(JsonNode status, long revision) {
    if (!noted && status.path("phase").asText().equals("Running")) {
      noted = true;
      parts.note(state.uid(), "running", revision, "qosClass", QosClass.of(state.pod()).text());
    }
  }
}
