package io.jkube.kubelet.volume;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A volume that is ready to be mounted.
 *
 * @param path of this machine
 * @param readOnly whether it is mounted so, whatever a container says
 * @param owner whose files are in it
 */
public record PodVolume(Path path, boolean readOnly, Owner owner) {
  /** Who may be given the files of a volume. */
  enum Owner {
    /** The pod, which made or filled it. */
    POD,
    /** Whoever has the claim; the files outlive pods. */
    CLAIM,
    /** The machine: a pod's {@code fsGroup} changes nothing. */
    MACHINE
  }

  public PodVolume {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(owner, "owner");
  }

  static PodVolume ofPod(Path folder) {
    return new PodVolume(folder, false, Owner.POD);
  }

  /** Files that the kubelet writes and containers only read. */
  static PodVolume files(Path folder) {
    return new PodVolume(folder, true, Owner.POD);
  }

  static PodVolume ofMachine(Path path) {
    return new PodVolume(path, false, Owner.MACHINE);
  }
}
