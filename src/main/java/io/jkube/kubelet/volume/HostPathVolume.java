package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.PodFacts;
import java.nio.file.Path;

/** A path of this machine that the pod itself names. */
final class HostPathVolume implements VolumeKind {
  @Override
  public boolean is(Volume volume) {
    return volume.getHostPath() != null;
  }

  @Override
  public String folderName() {
    return "host-path";
  }

  @Override
  public PodVolume setUp(PodFacts facts, Volume volume, Path folder) {
    var type = volume.getHostPath().getType();
    return PodVolume.ofMachine(
        HostPath.of(volume.getHostPath().getPath(), type == null ? "" : type));
  }
}
