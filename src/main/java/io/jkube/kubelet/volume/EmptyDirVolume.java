package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.PodFacts;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder that lives as long as the pod, on disk or in memory. A pod that fills it beyond its
 * sizeLimit is evicted.
 */
final class EmptyDirVolume implements VolumeKind {
  @Override
  public boolean is(Volume volume) {
    return volume.getEmptyDir() != null;
  }

  @Override
  public String folderName() {
    return "empty-dir";
  }

  @Override
  public PodVolume setUp(PodFacts facts, Volume volume, Path folder) {
    var medium = volume.getEmptyDir().getMedium();
    try {
      if (medium != null && medium.equals("Memory")) {
        var uid = facts.pod().getMetadata().getUid();
        return PodVolume.ofPod(MemoryFolders.make(uid, volume.getName()));
      }
      if (medium != null && !medium.isEmpty()) {
        throw new VolumeFailure("emptyDir with medium " + medium + " is not supported yet");
      }
      FileSet.permit(folder, 0777);
      return PodVolume.ofPod(folder);
    } catch (IOException failure) {
      throw new VolumeFailure("emptyDir: " + failure, failure);
    }
  }
}
