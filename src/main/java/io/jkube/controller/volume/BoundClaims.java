package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;

/** What becomes of a claim that had its volume once: it keeps it, or it is lost for good. */
record BoundClaims(Informer<ObjectNode> volumes, BindingWriter writer, EventRecorder events) {
  void follow(ObjectNode claim) {
    var name = VolumeMatch.volumeName(claim);
    if (name.isEmpty()) {
      lose(
          claim,
          "ClaimLost",
          "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
      return;
    }
    // The copy may be behind: what is called lost is lost for good.
    var key = ObjectKey.cluster(name);
    var volume = volumes.get(key).or(() -> writer.client().find(Resources.VOLUMES, key));
    if (volume.isEmpty()) {
      lose(
          claim,
          "ClaimLost",
          "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    } else if (VolumeMatch.refersTo(volume.get(), claim)
        || !volume.get().path("spec").has("claimRef")) {
      writer.bind(volume.get(), claim);
    } else {
      lose(
          claim,
          "ClaimMisbound",
          "Two claims are bound to the same volume, this one is bound incorrectly");
    }
  }

  private void lose(ObjectNode claim, String reason, String message) {
    if (!claim.path("status").path("phase").asText().equals("Lost")) {
      writer.unboundStatus(claim, "Lost");
      events.warning(ObjectReference.to(claim), reason, message);
    }
  }
}
