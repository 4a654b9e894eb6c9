package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What scheduling asks of a pod, read once out of its object.
 *
 * @param object the pod itself; shared, not to be changed
 * @param nodeName the node it is bound to (or assumed to be); empty while it has none
 * @param requests what must be free on its node
 * @param scoringRequests what it counts for when nodes are compared
 * @param affinity which nodes it wants
 */
public record PodInfo(
    ObjectNode object,
    ObjectKey key,
    String uid,
    String nodeName,
    int priority,
    Amounts requests,
    Amounts scoringRequests,
    List<Toleration> tolerations,
    NodeAffinityRules affinity,
    List<HostPort> hostPorts) {
  public PodInfo {
    tolerations = List.copyOf(tolerations);
    hostPorts = List.copyOf(hostPorts);
  }

  public static PodInfo of(ObjectNode pod) {
    var spec = pod.path("spec");
    var tolerations = new ArrayList<Toleration>();
    spec.path("tolerations").forEach(toleration -> tolerations.add(Toleration.of(toleration)));
    return new PodInfo(
        pod,
        Json.key(pod),
        pod.path("metadata").path("uid").asText(),
        spec.path("nodeName").asText(),
        spec.path("priority").asInt(),
        PodRequests.of(spec),
        PodRequests.forScoring(spec),
        tolerations,
        NodeAffinityRules.of(spec),
        HostPort.listOf(spec));
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
    return object.path("spec").equals(other.object.path("spec"))
        && object
            .path("metadata")
            .path("labels")
            .equals(other.object.path("metadata").path("labels"));
  }

  /** Whether something outside still holds it back from scheduling. */
  public boolean isGated() {
    return !object.path("spec").path("schedulingGates").isEmpty();
  }

  public String schedulerName() {
    return object.path("spec").path("schedulerName").asText("default-scheduler");
  }

  /** Its own revision, 0 when it is none of a number. */
  public long revision() {
    return object.path("metadata").path("resourceVersion").asLong();
  }

  public boolean tolerates(Taint taint) {
    for (var toleration : tolerations) {
      if (toleration.tolerates(taint)) {
        return true;
      }
    }
    return false;
  }

  public boolean mayRunOn(NodeInfo node) {
    return affinity.allow(node);
  }

  /** How much it would like the node: the weights of its preferences that match, added up. */
  public long preferenceFor(NodeInfo node) {
    return affinity.preference(node);
  }

  public boolean hasPreferences() {
    return !affinity.preferred().isEmpty();
  }

  public boolean portsConflictWith(PodInfo other) {
    for (var mine : hostPorts) {
      for (var theirs : other.hostPorts) {
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
        object,
        key,
        uid,
        node,
        priority,
        requests,
        scoringRequests,
        tolerations,
        affinity,
        hostPorts);
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
