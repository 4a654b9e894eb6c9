package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.client.ApiClient;

/**
 * The writes of a binding. Each is made only where something is to be changed, and only on the
 * state it was decided on: who was slower begins anew. A binding that was interrupted after any of
 * its four writes is completed by the next look at either side.
 */
record BindingWriter(ApiClient client) {
  private static final String YES = "yes";

  /** Reserves the volume, marks it, ties the claim to it, and says so in its status. */
  void bind(ObjectNode volume, ObjectNode claim) {
    var reserved = reserve(volume, claim);
    var marked = phase(reserved, "Bound", "");
    var tied = tie(claim, marked);
    boundStatus(tied, marked);
  }

  private ObjectNode reserve(ObjectNode volume, ObjectNode claim) {
    var next = volume.deepCopy();
    boolean chosenHere = !VolumeMatch.refersTo(volume, claim);
    var metadata = claim.path("metadata");
    var reference = next.withObject("spec").withObject("claimRef");
    if (chosenHere || !reference.path("uid").equals(metadata.path("uid"))) {
      reference.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
      for (var field : new String[] {"namespace", "name", "uid", "resourceVersion"}) {
        reference.set(field, metadata.path(field));
      }
    }
    if (chosenHere) {
      annotate(next, VolumeAnnotations.BOUND_BY_CONTROLLER, YES);
    }
    return next.equals(volume) ? volume : client.update(Resources.VOLUMES, next);
  }

  private ObjectNode tie(ObjectNode claim, ObjectNode volume) {
    var next = claim.deepCopy();
    if (VolumeMatch.volumeName(claim).isEmpty()) {
      next.withObject("spec").put("volumeName", Json.key(volume).name());
      annotate(next, VolumeAnnotations.BOUND_BY_CONTROLLER, YES);
    }
    annotate(next, VolumeAnnotations.BIND_COMPLETED, YES);
    return next.equals(claim) ? claim : client.update(Resources.VOLUME_CLAIMS, next);
  }

  /** The size is told once: afterwards it is the business of who makes the volume grow. */
  private void boundStatus(ObjectNode claim, ObjectNode volume) {
    var next = claim.deepCopy();
    var status = next.withObject("status");
    status.set("accessModes", volume.path("spec").path("accessModes"));
    if (!status.path("phase").asText().equals("Bound")) {
      status.put("phase", "Bound");
      status.set("capacity", volume.path("spec").path("capacity"));
    }
    writeStatus(next, claim);
  }

  /** A claim without a volume: {@code Pending}, or {@code Lost}. */
  void unboundStatus(ObjectNode claim, String phase) {
    var next = claim.deepCopy();
    var status = next.withObject("status").put("phase", phase);
    status.remove("accessModes");
    status.remove("capacity");
    writeStatus(next, claim);
  }

  private void writeStatus(ObjectNode next, ObjectNode claim) {
    if (!next.equals(claim)) {
      client.updateStatus(Resources.VOLUME_CLAIMS, next);
    }
  }

  /**
   * @param message why it is {@code Failed}; empty otherwise
   */
  ObjectNode phase(ObjectNode volume, String phase, String message) {
    if (volume.path("status").path("phase").asText().equals(phase)) {
      return volume;
    }
    var next = volume.deepCopy();
    var status = next.withObject("status").put("phase", phase);
    if (message.isEmpty()) {
      status.remove("message");
    } else {
      status.put("message", message);
    }
    return client.updateStatus(Resources.VOLUMES, next);
  }

  /** Frees a volume of a claim that took another one; a reservation made by a person stays. */
  void unbind(ObjectNode volume) {
    var next = volume.deepCopy();
    var spec = next.withObject("spec");
    if (VolumeMatch.hasAnnotation(volume, VolumeAnnotations.BOUND_BY_CONTROLLER)) {
      spec.remove("claimRef");
      next.withObject("metadata")
          .withObject("annotations")
          .remove(VolumeAnnotations.BOUND_BY_CONTROLLER);
    } else {
      spec.withObject("claimRef").remove("uid");
    }
    phase(client.update(Resources.VOLUMES, next), "Available", "");
  }

  /** Asks the provisioner of that name for a volume. */
  void askFor(ObjectNode claim, String provisioner) {
    var next = claim.deepCopy();
    annotate(next, VolumeAnnotations.PROVISIONER, provisioner);
    annotate(next, VolumeAnnotations.OLD_PROVISIONER, provisioner);
    if (!next.equals(claim)) {
      client.update(Resources.VOLUME_CLAIMS, next);
    }
  }

  private static void annotate(ObjectNode object, String name, String value) {
    JsonNode annotations = object.path("metadata").path("annotations");
    if (!annotations.path(name).asText().equals(value)) {
      object.withObject("metadata").withObject("annotations").put(name, value);
    }
  }
}
