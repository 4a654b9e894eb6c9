package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.EventRecorder;
import io.jkube.controller.runtime.ControllerRef;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes and removes the pods of an owner, and tells of it in the owner's events. Thread-safe. */
record PodControl(ApiClient client, EventRecorder events) {
  /** A pod as the owner's template says; without a name, unless the caller gives it one. */
  static ObjectNode fromTemplate(JsonNode template, GroupVersionKind kind, ObjectNode owner) {
    var name = owner.path("metadata").path("name").asText();
    var pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    var metadata = pod.putObject("metadata");
    metadata.put("namespace", owner.path("metadata").path("namespace").asText());
    metadata.put("generateName", name + "-");
    for (var field : new String[] {"labels", "annotations", "finalizers"}) {
      var value = template.path("metadata").get(field);
      if (value != null) {
        metadata.set(field, value.deepCopy());
      }
    }
    metadata.putArray("ownerReferences").add(ControllerRef.to(kind, owner));
    pod.set("spec", template.path("spec").deepCopy());
    return pod;
  }

  /**
   * @throws ApiException when the server refuses; the owner's events tell it, but for a namespace
   *     that is going away
   */
  private void create(ObjectNode owner, ObjectNode pod) {
    try {
      var created = client.create(Resources.PODS, pod);
      events.normal(about(owner), "SuccessfulCreate", "Created pod: " + Json.key(created).name());
    } catch (ApiException refused) {
      if (!isEndOfNamespace(refused)) {
        events.warning(about(owner), "FailedCreate", "Error creating: " + refused.getMessage());
      }
      throw refused;
    }
  }

  /**
   * Creates them all, more and more at a time; a pod that could not be made is not expected any
   * more.
   *
   * @throws ApiException the first refusal, but for that of a namespace that is going away
   */
  void createAll(ObjectKey key, ObjectNode owner, List<ObjectNode> pods, Expectations expectations)
      throws InterruptedException {
    expectations.expectCreations(key, pods.size());
    var made = new AtomicInteger();
    try {
      SlowStart.forEach(
          pods,
          pod -> {
            create(owner, pod);
            made.incrementAndGet();
          });
    } catch (ApiException refused) {
      if (!isEndOfNamespace(refused)) {
        throw refused;
      }
    } finally {
      for (int i = made.get(); i < pods.size(); i++) {
        expectations.creationSettled(key);
      }
    }
  }

  /**
   * Deletes them all, more and more at a time; one that was not deleted is not expected to go.
   *
   * @throws ApiException the first refusal
   */
  void deleteAll(ObjectKey key, ObjectNode owner, List<ObjectNode> pods, Expectations expectations)
      throws InterruptedException {
    var left = ConcurrentHashMap.<String>newKeySet();
    pods.forEach(pod -> left.add(uid(pod)));
    expectations.expectDeletions(key, left);
    try {
      SlowStart.forEach(
          pods,
          pod -> {
            if (delete(owner, pod)) {
              left.remove(uid(pod));
            }
          });
    } finally {
      left.forEach(uid -> expectations.deletionSettled(key, uid));
    }
  }

  private static String uid(ObjectNode pod) {
    return pod.path("metadata").path("uid").asText();
  }

  /** False when the pod is gone already, or another by now. */
  boolean delete(ObjectNode owner, ObjectNode pod) {
    var key = Json.key(pod);
    try {
      client.delete(Resources.PODS, key, DeleteOptions.ofUid(uid(pod)));
      events.normal(about(owner), "SuccessfulDelete", "Deleted pod: " + key.name());
      return true;
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.NOT_FOUND && refused.reason() != StatusReason.CONFLICT) {
        events.warning(about(owner), "FailedDelete", "Error deleting: " + refused.getMessage());
        throw refused;
      }
      return false;
    }
  }

  /** Whether nothing can be created because the namespace is being deleted. */
  static boolean isEndOfNamespace(ApiException refused) {
    return refused.reason() == StatusReason.FORBIDDEN
        && refused.getMessage().contains("because it is being terminated");
  }

  static ObjectReference about(ObjectNode owner) {
    return ObjectReference.to(owner);
  }
}
