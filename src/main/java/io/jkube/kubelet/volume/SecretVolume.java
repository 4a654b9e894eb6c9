package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodFacts;
import java.nio.file.Path;

/** A Secret's keys as files. */
record SecretVolume(ObjectLookup objects) implements VolumeKind {
  @Override
  public boolean is(Volume volume) {
    return volume.getSecret() != null;
  }

  @Override
  public String folderName() {
    return "secret";
  }

  @Override
  public PodVolume setUp(PodFacts facts, Volume volume, Path folder) {
    var source = volume.getSecret();
    var files = new FileSet();
    Keys.addTo(
        files,
        objects.secret(facts.pod().getMetadata().getNamespace(), source.getSecretName()),
        "secret",
        source.getSecretName(),
        source.getItems(),
        source.getDefaultMode() == null ? FileSet.DEFAULT_MODE : source.getDefaultMode(),
        Boolean.TRUE.equals(source.getOptional()));
    files.writeTo(folder);
    return PodVolume.files(folder);
  }
}
