package io.jkube.controller.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import java.nio.file.Path;

/** A PersistentVolume that is a folder of this machine. */
final class LocalVolume {
  private LocalVolume() {}

  /** One for that claim alone, as large as it asks for, to be had on every node. */
  static ObjectNode of(
      String name, Path folder, ObjectNode claim, ObjectNode storageClass, String provisioner) {
    var volume = Json.object().put("apiVersion", "v1").put("kind", "PersistentVolume");
    var metadata = volume.putObject("metadata").put("name", name);
    metadata.putObject("annotations").put(VolumeAnnotations.PROVISIONED_BY, provisioner);
    metadata
        .putArray("finalizers")
        .add(VolumeAnnotations.PROVISIONER_FINALIZER)
        .add(VolumeAnnotations.VOLUME_FINALIZER);
    var spec = volume.putObject("spec");
    spec.putObject("capacity").set("storage", claim.at("/spec/resources/requests/storage"));
    spec.set("accessModes", claim.path("spec").path("accessModes"));
    spec.put("volumeMode", "Filesystem").put("storageClassName", VolumeMatch.className(claim));
    spec.put("persistentVolumeReclaimPolicy", storageClass.path("reclaimPolicy").asText("Delete"));
    spec.putObject("local").put("path", folder.toString());
    var reference = spec.putObject("claimRef");
    reference.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    for (var field : new String[] {"namespace", "name", "uid", "resourceVersion"}) {
      reference.set(field, claim.path("metadata").path(field));
    }
    spec.putObject("nodeAffinity")
        .putObject("required")
        .putArray("nodeSelectorTerms")
        .addObject()
        .putArray("matchExpressions")
        .addObject()
        .put("key", "kubernetes.io/hostname")
        .put("operator", "Exists");
    return volume;
  }
}
