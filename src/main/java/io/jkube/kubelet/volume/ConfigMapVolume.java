package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodFacts;
import java.nio.file.Path;

/** A ConfigMap's keys as files. */
record ConfigMapVolume(ObjectLookup objects) implements VolumeKind {
  @Override
  public boolean is(Volume volume) {
    return volume.getConfigMap() != null;
  }

  @Override
  public String folderName() {
    return "configmap";
  }

  @Override
  public PodVolume setUp(PodFacts facts, Volume volume, Path folder) {
    var source = volume.getConfigMap();
    var files = new FileSet();
    Keys.addTo(
        files,
        objects.configMap(facts.pod().getMetadata().getNamespace(), source.getName()),
        "configmap",
        source.getName(),
        source.getItems(),
        source.getDefaultMode() == null ? FileSet.DEFAULT_MODE : source.getDefaultMode(),
        Boolean.TRUE.equals(source.getOptional()));
    files.writeTo(folder);
    return PodVolume.files(folder);
  }
}
