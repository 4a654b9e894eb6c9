package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.PodFacts;
import java.nio.file.Path;

/** One kind of volume. */
interface VolumeKind {
  boolean is(Volume volume);

  /** As it stands in the path of its folder: {@code empty-dir}. */
  String folderName();

  /**
   * Makes the volume ready; called again whenever a container starts.
   *
   * @param folder the volume's own, there already
   * @throws VolumeFailure when it cannot be
   */
  PodVolume setUp(PodFacts facts, Volume volume, Path folder);
}
