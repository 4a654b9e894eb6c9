package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;

/** The phases of a volume: Available, Bound, Released, Failed. */
record VolumeStates(
    Informer<ObjectNode> claims,
    BindingWriter writer,
    EventRecorder events,
    VolumeBinder.ClaimQueue queue) {
  void follow(ObjectNode volume) {
    var reference = volume.path("spec").path("claimRef");
    if (!reference.isObject() || reference.path("uid").asText().isEmpty()) {
      writer.phase(volume, "Available", "");
      return;
    }
    // The copy may be behind: what a claim is thought to have left is removed.
    var key = VolumeMatch.referenced(volume);
    var claim =
        claims
            .get(key)
            .filter(found -> VolumeMatch.refersTo(volume, found))
            .or(() -> writer.client().find(Resources.VOLUME_CLAIMS, key))
            .filter(found -> VolumeMatch.refersTo(volume, found));
    if (claim.isEmpty()) {
      release(volume);
    } else {
      followWith(volume, claim.get());
    }
  }

  private void followWith(ObjectNode volume, ObjectNode claim) {
    var named = VolumeMatch.volumeName(claim);
    if (named.isEmpty()) {
      queue.add(Json.key(claim));
    } else if (named.equals(Json.key(volume).name())) {
      writer.phase(volume, "Bound", "");
    } else if (VolumeMatch.hasAnnotation(volume, VolumeAnnotations.PROVISIONED_BY)
        && policy(volume).equals("Delete")) {
      release(volume);
    } else {
      writer.unbind(volume);
    }
  }

  /** The claim is gone; what is in the volume goes with it, or stays for a person to look at. */
  private void release(ObjectNode volume) {
    var phase = volume.path("status").path("phase").asText();
    if (!phase.equals("Released") && !phase.equals("Failed")) {
      writer.phase(volume, "Released", "");
    } else if (phase.equals("Released")) {
      reclaim(volume);
    }
  }

  /** A volume that was made for a claim is removed by who made it. */
  private void reclaim(ObjectNode volume) {
    if (policy(volume).equals("Recycle")) {
      fail(volume, "VolumeFailedRecycle", "No recycler plugin found for the volume!");
    } else if (policy(volume).equals("Delete")
        && !VolumeMatch.hasAnnotation(volume, VolumeAnnotations.PROVISIONED_BY)) {
      var message =
          "error getting deleter volume plugin for volume \""
              + Json.key(volume).name()
              + "\": no deletable volume plugin matched";
      fail(volume, "VolumeFailedDelete", message);
    }
  }

  private void fail(ObjectNode volume, String reason, String message) {
    writer.phase(volume, "Failed", message);
    events.warning(ObjectReference.to(volume), reason, message);
  }

  private static String policy(ObjectNode volume) {
    return volume.path("spec").path("persistentVolumeReclaimPolicy").asText();
  }
}
