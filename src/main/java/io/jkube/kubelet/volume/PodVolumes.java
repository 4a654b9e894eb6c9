package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.PodFacts;
import io.jkube.kubelet.runtime.ContainerRuntime.Device;
import io.jkube.kubelet.runtime.ContainerRuntime.Mount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The volumes of a node's pods. Thread-safe. */
public interface PodVolumes {
  /**
   * Makes all volumes of the pod ready; again whenever a container is made.
   *
   * @return the volumes by their names
   * @throws VolumeFailure naming the volume
   */
  Map<String, PodVolume> setUp(PodFacts facts);

  /**
   * What is mounted into a container: its volume mounts, the file of its termination message, the
   * pod's hosts file where the container mounts none itself, and what its resolver reads.
   *
   * @param volumes as {@link #setUp} answered
   * @param variables for {@code subPathExpr}
   */
  List<Mount> mounts(
      Pod pod,
      Container container,
      int attempt,
      Map<String, PodVolume> volumes,
      Map<String, String> variables);

  /**
   * The devices that a container asks for: volumes that it has as such, not as folders.
   *
   * @param volumes as {@link #setUp} answered
   */
  List<Device> devices(Container container, Map<String, PodVolume> volumes);

  /**
   * Writes the hosts file that was mounted, before a container starts: one is made before the pod
   * has an address.
   *
   * @throws VolumeFailure when it cannot be written
   */
  void writeHosts(Pod pod, String podAddress);

  /** Where a container's termination message lies on this machine, if it left one. */
  Path terminationMessageFile(Pod pod, Container container, int attempt);

  /** Removes all of a pod that is gone. */
  void remove(String podUid) throws IOException;

  /** What is in an emptyDir of the pod; 0 when it is none, or nobody wrote there. */
  long usedBytes(Pod pod, Volume volume);

  /** The uids of pods that have a folder here. */
  Set<String> known() throws IOException;
}
