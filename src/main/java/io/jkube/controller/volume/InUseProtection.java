package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Keeps claims while a pod with a node uses them, and volumes while they are bound: each carries a
 * finalizer that is taken off only when it is deleted and not in use (Kubernetes: "Storage Object
 * in Use Protection").
 *
 * @param inUse whether an object that is to go must stay for now
 */
public record InUseProtection(
    ApiClient client,
    GroupVersionResource resource,
    Informer<ObjectNode> objects,
    String finalizer,
    Predicate<ObjectNode> inUse)
    implements Reconciler {
  public static final String OF_CLAIMS = "pvc-protection-controller";
  public static final String OF_VOLUMES = "pv-protection-controller";

  private static final int WORKERS = 1;

  public static ControllerRunner ofClaims(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var claims = informers.of(Resources.VOLUME_CLAIMS);
    var pods = informers.of(Resources.PODS);
    var protection =
        new InUseProtection(
            client,
            Resources.VOLUME_CLAIMS,
            claims,
            VolumeAnnotations.CLAIM_FINALIZER,
            claim -> isUsed(claim, pods));
    var runner = new ControllerRunner(OF_CLAIMS, protection, WORKERS, clock);
    return runner
        .follow(claims, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(pods, new PodGone(runner));
  }

  public static ControllerRunner ofVolumes(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var volumes = informers.of(Resources.VOLUMES);
    var protection =
        new InUseProtection(
            client,
            Resources.VOLUMES,
            volumes,
            VolumeAnnotations.VOLUME_FINALIZER,
            volume -> volume.path("status").path("phase").asText().equals("Bound"));
    var runner = new ControllerRunner(OF_VOLUMES, protection, WORKERS, clock);
    return runner.follow(volumes, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var object = objects.get(key);
    if (object.isPresent()) {
      protect(object.get());
    }
    return Result.done();
  }

  private void protect(ObjectNode object) {
    if (!object.path("metadata").hasNonNull("deletionTimestamp")) {
      Finalizers.with(object, finalizer).ifPresent(next -> client.update(resource, next));
    } else if (!inUse.test(object)) {
      Finalizers.without(object, finalizer).ifPresent(next -> client.update(resource, next));
    }
  }

  private static boolean isUsed(ObjectNode claim, Informer<ObjectNode> pods) {
    return pods.list(claim.at("/metadata/namespace").asText()).stream()
        .filter(pod -> !pod.path("spec").path("nodeName").asText().isEmpty())
        .anyMatch(pod -> ClaimUse.uses(pod, claim));
  }

  /** A pod that is gone may have been the last that used a claim. */
  private record PodGone(ControllerRunner runner) implements ObjectHandler<ObjectNode> {
    @Override
    public void added(ObjectKey key, ObjectNode pod) {}

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      if (!before.at("/metadata/uid").equals(after.at("/metadata/uid"))) {
        deleted(key, before);
      }
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {
      ClaimUse.names(last).forEach(claim -> runner.enqueue(new ObjectKey(key.namespace(), claim)));
    }
  }
}
