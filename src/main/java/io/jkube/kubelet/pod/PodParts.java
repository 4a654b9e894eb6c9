package io.jkube.kubelet.pod;

import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.kubelet.container.Containers;
import io.jkube.kubelet.container.Sandboxes;
import io.jkube.kubelet.container.Sysctls;
import io.jkube.kubelet.image.Images;
import io.jkube.kubelet.pressure.NodePressure;
import io.jkube.kubelet.probe.Checks;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.volume.PodVolumes;
import io.jkube.trace.PodTraces;
import java.time.Clock;

/**
 * What all workers of a node share.
 *
 * @param machine what the engine said of itself at the start
 */
public record PodParts(
    String nodeName,
    String nodeAddress,
    ApiClient client,
    ContainerRuntime runtime,
    ContainerRuntime.EngineInfo machine,
    Clock clock,
    PodTraces traces,
    EventRecorder recorder,
    Images images,
    PodVolumes volumes,
    Containers containers,
    Sandboxes sandboxes,
    Checks checks,
    NodeRoom room,
    NodePressure pressure,
    Sysctls sysctls) {
  /** {@code docker} of {@code docker://20.10.24}: how container ids begin. */
  String idScheme() {
    return machine.runtimeVersion().split(":", 2)[0];
  }

  void note(String podUid, String step, long revision, String... detail) {
    traces.note(podUid, "kubelet/" + nodeName, step, revision, detail);
  }
}
