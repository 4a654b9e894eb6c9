package io.jkube.kubelet.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The volume of a claim: one that a pod names, or one that was made for the pod alone. Its mode
 * says whether containers have it as a folder or as a device.
 */
record ClaimVolume(ObjectLookup objects) implements VolumeKind {
  private static final String NEEDS_DRIVER =
      "volumes of this kind need a driver, which jkube does not run yet";

  @Override
  public boolean is(Volume volume) {
    return volume.getPersistentVolumeClaim() != null || volume.getEphemeral() != null;
  }

  @Override
  public String folderName() {
    return "local-volume";
  }

  @Override
  public PodVolume setUp(PodFacts facts, Volume volume, Path folder) {
    var found = bound(facts, volume);
    var mode = found.path("spec").path("volumeMode").asText("Filesystem");
    boolean block = mode.equals("Block");
    requireUse(facts.pod(), volume.getName(), mode, block);
    var source = volume.getPersistentVolumeClaim();
    boolean readOnly = source != null && Boolean.TRUE.equals(source.getReadOnly());
    return block ? device(found, readOnly) : mounted(found, readOnly);
  }

  private static void requireUse(Pod pod, String name, String mode, boolean block) {
    var spec = pod.getSpec();
    boolean otherwise =
        Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
            .anyMatch(container -> block ? mounts(container, name) : hasDevice(container, name));
    if (otherwise) {
      throw new VolumeFailure(
          "volume %s has volumeMode %s, but is specified in %s"
              .formatted(name, mode, block ? "volumeMounts" : "volumeDevices"));
    }
  }

  private static boolean mounts(Container container, String volume) {
    return container.getVolumeMounts().stream().anyMatch(each -> each.getName().equals(volume));
  }

  private static boolean hasDevice(Container container, String volume) {
    return container.getVolumeDevices().stream().anyMatch(each -> each.getName().equals(volume));
  }

  /** The persistent volume that the claim is bound to. */
  ObjectNode bound(PodFacts facts, Volume volume) {
    return volume(claim(facts, volume));
  }

  private ObjectNode claim(PodFacts facts, Volume volume) {
    var metadata = facts.pod().getMetadata();
    boolean own = volume.getEphemeral() != null;
    var name =
        own
            ? metadata.getName() + "-" + volume.getName()
            : volume.getPersistentVolumeClaim().getClaimName();
    var about = "error processing PVC " + metadata.getNamespace() + "/" + name + ": ";
    var claim =
        objects
            .claim(metadata.getNamespace(), name)
            .orElseThrow(
                () ->
                    new VolumeFailure(
                        about
                            + "failed to fetch PVC from API server: persistentvolumeclaims \""
                            + name
                            + "\" not found"));
    if (own && !belongsTo(metadata.getUid(), claim)) {
      throw new VolumeFailure(about + "PVC was not created for this pod (pod is not owner)");
    }
    if (!VolumeMatch.isFullyBound(claim)) {
      throw new VolumeFailure(about + "PVC is not bound");
    }
    return claim;
  }

  private static boolean belongsTo(String podUid, ObjectNode claim) {
    return claim
        .at("/metadata/ownerReferences")
        .valueStream()
        .anyMatch(owner -> owner.path("uid").asText().equals(podUid));
  }

  private ObjectNode volume(ObjectNode claim) {
    var name = VolumeMatch.volumeName(claim);
    var volume =
        objects
            .volume(name)
            .orElseThrow(() -> new VolumeFailure("persistentvolumes \"" + name + "\" not found"));
    if (!VolumeMatch.refersTo(volume, claim)) {
      throw new VolumeFailure("PV " + name + " is bound to another claim");
    }
    return volume;
  }

  private static PodVolume device(ObjectNode volume, boolean readOnly) {
    var spec = volume.path("spec");
    var path = spec.at("/local/path").asText(spec.at("/hostPath/path").asText());
    if (path.isEmpty()) {
      throw new VolumeFailure(NEEDS_DRIVER);
    }
    try {
      var device = Path.of(path).toRealPath();
      if (!HostPath.isBlockDevice(device)) {
        throw new VolumeFailure("path \"" + path + "\" is not a block device");
      }
      return new PodVolume(device, readOnly, PodVolume.Owner.MACHINE);
    } catch (IOException missing) {
      throw new VolumeFailure("path \"" + path + "\" does not exist", missing);
    }
  }

  private static PodVolume mounted(ObjectNode volume, boolean readOnly) {
    var spec = volume.path("spec");
    if (spec.path("hostPath").isObject()) {
      var path =
          HostPath.of(spec.at("/hostPath/path").asText(), spec.at("/hostPath/type").asText());
      return new PodVolume(path, readOnly, PodVolume.Owner.MACHINE);
    }
    if (!spec.path("local").isObject()) {
      throw new VolumeFailure(NEEDS_DRIVER);
    }
    var path = Path.of(spec.at("/local/path").asText());
    if (!Files.isDirectory(path)) {
      throw new VolumeFailure("path \"" + path + "\" does not exist");
    }
    return new PodVolume(path, readOnly, PodVolume.Owner.CLAIM);
  }
}
