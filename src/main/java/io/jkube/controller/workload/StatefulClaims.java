package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.controller.runtime.ControllerRef;
import java.util.Optional;

/**
 * The volumes that pods of a StatefulSet keep over their lives: a claim a pod and template, made
 * before the pod, and owned as the set's retention policy says, so that it goes with the pod, with
 * the set, or not at all.
 */
record StatefulClaims(ApiClient client, EventRecorder events) {
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");

  /**
   * Makes the claims that the pod needs and that are missing.
   *
   * @return false when one is on its way out, with the pod that was here before: wait for its end
   */
  boolean prepare(ObjectNode set, ObjectNode pod) {
    for (var template : set.path("spec").path("volumeClaimTemplates")) {
      int ordinal = StatefulIdentity.ordinal(set, pod);
      var key = key(set, template, ordinal);
      var there = client.find(Resources.VOLUME_CLAIMS, key);
      if (there.isEmpty()) {
        create(set, pod, claim(set, template, key));
      } else if (PodState.isDeleting(there.get()) || isOfAnEarlierPod(there.get(), pod)) {
        return false;
      }
    }
    return true;
  }

  /** Brings the owners of the pod's claims to what the retention policy says. */
  void followPolicy(ObjectNode set, ObjectNode pod) {
    int ordinal = StatefulIdentity.ordinal(set, pod);
    for (var template : set.path("spec").path("volumeClaimTemplates")) {
      client
          .find(Resources.VOLUME_CLAIMS, key(set, template, ordinal))
          .ifPresent(claim -> own(set, pod, claim, owner(set, pod, ordinal)));
    }
  }

  private static ObjectKey key(ObjectNode set, JsonNode template, int ordinal) {
    return new ObjectKey(
        set.path("metadata").path("namespace").asText(),
        StatefulIdentity.claimName(set, template, ordinal));
  }

  /** The same for every pod: the set when its end is the claims' end. */
  private static ObjectNode claim(ObjectNode set, JsonNode template, ObjectKey key) {
    var claim = (ObjectNode) template.deepCopy();
    claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim").remove("status");
    var metadata = claim.withObject("metadata");
    metadata.put("name", key.name()).put("namespace", key.namespace()).remove("creationTimestamp");
    if (set.path("spec").path("selector").path("matchLabels") instanceof ObjectNode selected) {
      metadata.withObject("labels").setAll(selected.deepCopy());
    }
    if (goesWithSet(set)) {
      metadata.putArray("ownerReferences").add(ControllerRef.to(StatefulSetController.KIND, set));
    }
    return claim;
  }

  private void create(ObjectNode set, ObjectNode pod, ObjectNode claim) {
    var text =
        "create Claim %s Pod %s in StatefulSet %s "
            .formatted(name(claim), name(pod), StatefulIdentity.name(set));
    try {
      client.create(Resources.VOLUME_CLAIMS, claim);
      events.normal(ObjectReference.to(set), "SuccessfulCreate", text + "success");
    } catch (ApiException refused) {
      if (refused.reason() == StatusReason.ALREADY_EXISTS) {
        return;
      }
      var failed = text.replace(" Pod ", " for Pod ") + "failed error: " + refused.getMessage();
      events.warning(ObjectReference.to(set), "FailedCreate", failed);
      throw refused;
    }
  }

  private static boolean goesWithSet(ObjectNode set) {
    return policy(set, "whenDeleted").equals("Delete");
  }

  private static String policy(ObjectNode set, String when) {
    return set.path("spec").path("persistentVolumeClaimRetentionPolicy").path(when).asText();
  }

  private static Optional<ObjectNode> owner(ObjectNode set, ObjectNode pod, int ordinal) {
    if (StatefulPlan.isSurplus(set, ordinal) && policy(set, "whenScaled").equals("Delete")) {
      return Optional.of(ControllerRef.to(POD, pod));
    }
    return goesWithSet(set)
        ? Optional.of(ControllerRef.to(StatefulSetController.KIND, set))
        : Optional.empty();
  }

  private void own(ObjectNode set, ObjectNode pod, ObjectNode claim, Optional<ObjectNode> wanted) {
    var others = Json.array();
    var ours = Json.array();
    for (var owner : claim.path("metadata").path("ownerReferences")) {
      (isOurs(owner, set, pod) ? ours : others).add(owner);
    }
    boolean right =
        ours.size() == wanted.stream().count()
            && wanted.stream().allMatch(owner -> owner.path("uid").equals(ours.at("/0/uid")));
    if (right) {
      return;
    }
    if (wanted.isPresent() && hasController(others)) {
      events.warning(
          ObjectReference.to(set),
          "ConflictingController",
          "PersistentVolumeClaim "
              + name(claim)
              + " has a conflicting OwnerReference that acts as a managing controller, the"
              + " retention policy is ignored for this claim");
      return;
    }
    var next = claim.deepCopy();
    wanted.ifPresent(others::add);
    next.withObject("metadata").set("ownerReferences", others);
    client.update(Resources.VOLUME_CLAIMS, next);
  }

  private static boolean isOurs(JsonNode owner, ObjectNode set, ObjectNode pod) {
    var uid = owner.path("uid");
    return uid.equals(set.path("metadata").path("uid"))
        || uid.equals(pod.path("metadata").path("uid"));
  }

  private static boolean hasController(ArrayNode owners) {
    return owners.valueStream().anyMatch(owner -> owner.path("controller").asBoolean());
  }

  /** Of the pod's name, but not the pod: the claim goes with the one that was here before. */
  private static boolean isOfAnEarlierPod(ObjectNode claim, ObjectNode pod) {
    return claim
        .path("metadata")
        .path("ownerReferences")
        .valueStream()
        .anyMatch(
            owner ->
                owner.path("kind").asText().equals("Pod")
                    && owner.path("name").asText().equals(name(pod))
                    && !owner.path("uid").equals(pod.path("metadata").path("uid")));
  }

  private static String name(JsonNode object) {
    return StatefulIdentity.name(object);
  }
}
