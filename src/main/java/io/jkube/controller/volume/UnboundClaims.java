package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;

/** What becomes of a claim that has no volume yet. */
record UnboundClaims(
    Informer<ObjectNode> volumes,
    Informer<ObjectNode> classes,
    Informer<ObjectNode> pods,
    BindingWriter writer,
    EventRecorder events) {
  private static final String BUILT_IN = "kubernetes.io/";

  void follow(ObjectNode claim) {
    if (VolumeMatch.volumeName(claim).isEmpty()) {
      choose(claim);
    } else {
      take(claim);
    }
  }

  /** Any volume that fits; where the class waits for a pod, only one that was reserved. */
  private void choose(ObjectNode claim) {
    var storageClass = classes.get(ObjectKey.cluster(VolumeMatch.className(claim)));
    boolean waits = storageClass.filter(VolumeMatch::waitsForPod).isPresent();
    var found =
        waits
            ? VolumeMatch.reserved(claim, volumes.list())
            : VolumeMatch.best(claim, volumes.list(), volume -> true);
    if (found.isPresent()) {
      writer.bind(found.get(), claim);
      return;
    }
    writer.unboundStatus(claim, "Pending");
    if (waits && !VolumeMatch.hasAnnotation(claim, VolumeAnnotations.SELECTED_NODE)) {
      tellOfWaiting(claim);
    } else if (VolumeMatch.className(claim).isEmpty()) {
      var message = "no persistent volumes available for this claim and no storage class is set";
      events.normal(ObjectReference.to(claim), "FailedBinding", message);
    } else {
      storageClass.ifPresentOrElse(known -> provision(claim, known), () -> noClass(claim));
    }
  }

  private void tellOfWaiting(ObjectNode claim) {
    var key = Json.key(claim);
    for (var pod : pods.list(key.namespace())) {
      if (ClaimUse.uses(pod, claim) && pod.path("spec").path("nodeName").asText().isEmpty()) {
        var message = "waiting for pod " + Json.key(pod).name() + " to be scheduled";
        events.normal(ObjectReference.to(claim), "WaitForPodScheduled", message);
        return;
      }
    }
    events.normal(
        ObjectReference.to(claim),
        "WaitForFirstConsumer",
        "waiting for first consumer to be created before binding");
  }

  private void noClass(ObjectNode claim) {
    var missing = "storageclass.storage.k8s.io \"" + VolumeMatch.className(claim) + "\" not found";
    events.warning(ObjectReference.to(claim), "ProvisioningFailed", missing);
  }

  private void provision(ObjectNode claim, ObjectNode storageClass) {
    var provisioner = storageClass.path("provisioner").asText();
    if (provisioner.startsWith(BUILT_IN)) {
      var message = "no volume plugin matched name: " + provisioner;
      events.warning(ObjectReference.to(claim), "ProvisioningFailed", message);
      return;
    }
    writer.askFor(claim, provisioner);
    events.normal(
        ObjectReference.to(claim),
        "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner '"
            + provisioner
            + "' or manually by the system administrator. If volume creation is delayed, please"
            + " verify that the provisioner is running and correctly registered.");
  }

  /** A person, or the scheduler, named the volume. */
  private void take(ObjectNode claim) {
    var named = VolumeMatch.volumeName(claim);
    var volume = volumes.get(ObjectKey.cluster(named));
    if (volume.isEmpty()) {
      writer.unboundStatus(claim, "Pending");
    } else if (VolumeMatch.refersTo(volume.get(), claim)) {
      writer.bind(volume.get(), claim);
    } else if (volume.get().path("spec").has("claimRef")) {
      var message = "volume \"" + named + "\" already bound to a different claim.";
      events.warning(ObjectReference.to(claim), "FailedBinding", message);
      writer.unboundStatus(claim, "Pending");
    } else {
      takeFree(claim, volume.get());
    }
  }

  private void takeFree(ObjectNode claim, ObjectNode volume) {
    var mismatch = VolumeMatch.mismatch(volume, claim);
    if (mismatch.isEmpty()) {
      writer.bind(volume, claim);
      return;
    }
    var message =
        "Cannot bind to requested volume \"" + Json.key(volume).name() + "\": " + mismatch.get();
    events.warning(ObjectReference.to(claim), "VolumeMismatch", message);
    writer.unboundStatus(claim, "Pending");
  }
}
