package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;

/** Makes the claims of pods' generic ephemeral volumes; they go with their pod, which owns them. */
public final class EphemeralClaims implements Reconciler {
  public static final String NAME = "ephemeral-volume-controller";

  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
  private static final String EVENT_SOURCE = "ephemeral_volume";
  private static final int WORKERS = 2;

  private final ApiClient client;
  private final EventRecorder events;
  private final Informer<ObjectNode> pods;
  private final Informer<ObjectNode> claims;

  private EphemeralClaims(ApiClient client, SharedInformers informers, EventRecorder events) {
    this.client = client;
    this.events = events;
    this.pods = informers.of(Resources.PODS);
    this.claims = informers.of(Resources.VOLUME_CLAIMS);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var events = new EventRecorder(client, clock, EVENT_SOURCE, "");
    var controller = new EphemeralClaims(client, informers, events);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .follow(controller.pods, ObjectHandler.onEvery((key, pod) -> take(runner, key, pod)))
        .follow(controller.claims, new ClaimGone(runner))
        .owns(events);
  }

  private static void take(ControllerRunner runner, ObjectKey key, ObjectNode pod) {
    for (var volume : pod.path("spec").path("volumes")) {
      if (volume.has("ephemeral")) {
        runner.enqueue(key);
        return;
      }
    }
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var pod = pods.get(key).filter(EphemeralClaims::needsClaims);
    if (pod.isPresent()) {
      for (var volume : pod.get().path("spec").path("volumes")) {
        if (volume.has("ephemeral")) {
          make(pod.get(), volume);
        }
      }
    }
    return Result.done();
  }

  private static boolean needsClaims(ObjectNode pod) {
    var phase = pod.path("status").path("phase").asText();
    return !pod.path("metadata").hasNonNull("deletionTimestamp")
        && !phase.equals("Succeeded")
        && !phase.equals("Failed");
  }

  private void make(ObjectNode pod, JsonNode volume) {
    var key = new ObjectKey(Json.key(pod).namespace(), ClaimUse.ownName(pod, volume));
    var there = claims.get(key);
    try {
      if (there.isEmpty()) {
        client.create(Resources.VOLUME_CLAIMS, claim(pod, volume, key));
      } else if (!ClaimUse.isFor(pod, there.get())) {
        tell(pod, volume, notOurs(pod, key));
      }
    } catch (ApiException refused) {
      tell(pod, volume, "create PVC " + key.name() + ": " + refused.getMessage());
      throw refused;
    }
  }

  private static String notOurs(ObjectNode pod, ObjectKey claim) {
    return "PVC %s was not created for pod %s (pod is not owner)".formatted(claim, Json.key(pod));
  }

  private void tell(ObjectNode pod, JsonNode volume, String problem) {
    events.warning(
        ObjectReference.to("v1", "Pod", pod),
        "EphemeralVolumeFailed",
        "ephemeral volume " + volume.path("name").asText() + ": " + problem);
  }

  private static ObjectNode claim(ObjectNode pod, JsonNode volume, ObjectKey key) {
    var template = volume.path("ephemeral").path("volumeClaimTemplate");
    var claim = Json.object().put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    var metadata = claim.putObject("metadata");
    metadata.put("namespace", key.namespace()).put("name", key.name());
    for (var field : new String[] {"labels", "annotations"}) {
      if (template.path("metadata").has(field)) {
        metadata.set(field, template.path("metadata").get(field).deepCopy());
      }
    }
    metadata.putArray("ownerReferences").add(ControllerRef.to(POD, pod));
    claim.set("spec", template.path("spec").deepCopy());
    return claim;
  }

  /** A claim of that name that is gone lets the pod have its own. */
  private record ClaimGone(ControllerRunner runner) implements ObjectHandler<ObjectNode> {
    @Override
    public void added(ObjectKey key, ObjectNode claim) {}

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {}

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {
      ControllerRef.of(last)
          .filter(owner -> owner.path("kind").asText().equals("Pod"))
          .ifPresent(
              owner -> runner.enqueue(new ObjectKey(key.namespace(), owner.path("name").asText())));
    }
  }
}
