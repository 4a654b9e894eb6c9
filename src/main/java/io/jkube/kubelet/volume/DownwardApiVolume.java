package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.PodFacts;
import java.nio.file.Path;

/** Fields and resources of the pod as files. */
final class DownwardApiVolume implements VolumeKind {
  @Override
  public boolean is(Volume volume) {
    return volume.getDownwardAPI() != null;
  }

  @Override
  public String folderName() {
    return "downward-api";
  }

  @Override
  public PodVolume setUp(PodFacts facts, Volume volume, Path folder) {
    var source = volume.getDownwardAPI();
    var files = new FileSet();
    int mode = source.getDefaultMode() == null ? FileSet.DEFAULT_MODE : source.getDefaultMode();
    DownwardFiles.addTo(files, facts, source.getItems(), mode);
    files.writeTo(folder);
    return PodVolume.files(folder);
  }
}
