package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.placement.Taint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What scheduling asks of a pod, read once out of its object.
 *
 * @param object the pod itself; shared, not to be changed
 * @param nodeName the node it is bound to (or assumed to be); empty while it has none
 * @param requests what must be free on its node
 * @param scoringRequests what it counts for when nodes are compared
 * @param constraints where it wants to be
 */
public record PodInfo(
    ObjectNode object,
    ObjectKey key,
    String uid,
    String nodeName,
    int priority,
    Map<String, String> labels,
    Amounts requests,
    Amounts scoringRequests,
    PodConstraints constraints) {

  public static PodInfo of(ObjectNode pod) {
    var spec = pod.path("spec");
    var metadata = pod.path("metadata");
    var labels = labels(metadata.path("labels"));
    return new PodInfo(
        pod,
        Json.key(pod),
        metadata.path("uid").asText(),
        spec.path("nodeName").asText(),
        spec.path("priority").asInt(),
        labels,
        PodRequests.of(spec),
        PodRequests.forScoring(spec),
        PodConstraints.of(spec, metadata.path("namespace").asText(), labels));
  }

  static Map<String, String> labels(JsonNode labels) {
    var map = new HashMap<String, String>();
    labels.properties().forEach(label -> map.put(label.getKey(), label.getValue().asText()));
    return Map.copyOf(map);
  }

  public boolean isAssigned() {
    return !nodeName.isEmpty();
  }

  public boolean isBeingDeleted() {
    return object.path("metadata").has("deletionTimestamp");
  }

  /** Whether its containers have ended for good, so that it takes up nothing any more. */
  public boolean isTerminated() {
    var phase = object.path("status").path("phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** Whether another state of the same pod asks for the same node: same spec, same labels. */
  public boolean wantsTheSameAs(PodInfo other) {
    return object.path("spec").equals(other.object.path("spec")) && labels.equals(other.labels);
  }

  /** Whether something outside still holds it back from scheduling. */
  public boolean isGated() {
    return !object.path("spec").path("schedulingGates").isEmpty();
  }

  /** Whether it may take the place of pods of lower priority. */
  public boolean mayPreempt() {
    return !object.path("spec").path("preemptionPolicy").asText().equals("Never");
  }

  /** Whether it has to leave for a pod of higher priority and is on its way out. */
  public boolean isBeingPreempted() {
    if (!isBeingDeleted()) {
      return false;
    }
    for (var condition : object.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("DisruptionTarget")) {
        return condition.path("status").asText().equals("True")
            && condition.path("reason").asText().equals("PreemptionByScheduler");
      }
    }
    return false;
  }

  /** When its node took it on, as the object says; of a pod just bound, later than all others. */
  public String startTime() {
    return object.path("status").path("startTime").asText("9999");
  }

  /** The node that is being made free for it; empty when none is. */
  public String nominatedNodeName() {
    return object.path("status").path("nominatedNodeName").asText();
  }

  public String schedulerName() {
    return object.path("spec").path("schedulerName").asText("default-scheduler");
  }

  /** Its own revision, 0 when it is none of a number. */
  public long revision() {
    return object.path("metadata").path("resourceVersion").asLong();
  }

  public boolean tolerates(Taint taint) {
    for (var toleration : constraints.tolerations()) {
      if (toleration.tolerates(taint)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it says on which nodes it may run. */
  public boolean isChoosy() {
    return constraints.nodes().areRequired();
  }

  public boolean mayRunOn(NodeInfo node) {
    return constraints.nodes().allow(node.name(), node.labels());
  }

  /** How much it would like the node: the weights of its preferences that match, added up. */
  public long preferenceFor(NodeInfo node) {
    return constraints.nodes().preference(node.name(), node.labels());
  }

  public boolean hasPreferences() {
    return !constraints.nodes().preferred().isEmpty();
  }

  /** Its rules about other pods. */
  public PodAffinityRules affinity() {
    return constraints.pods();
  }

  /** How evenly it is to lie beside pods like it. */
  public List<SpreadConstraint> spread() {
    return constraints.spread();
  }

  public boolean hasHostPorts() {
    return !constraints.hostPorts().isEmpty();
  }

  public boolean portsConflictWith(PodInfo other) {
    for (var mine : constraints.hostPorts()) {
      for (var theirs : other.constraints.hostPorts()) {
        if (mine.conflictsWith(theirs)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The same pod as if it were bound to that node already. */
  public PodInfo assumedOn(String node) {
    return new PodInfo(
        object, key, uid, node, priority, labels, requests, scoringRequests, constraints);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PodInfo that && uid.equals(that.uid) && object.equals(that.object);
  }

  @Override
  public int hashCode() {
    return uid.hashCode();
  }

  @Override
  public String toString() {
    return "pod " + key;
  }
}
