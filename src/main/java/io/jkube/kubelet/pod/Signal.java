package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.kubelet.probe.ProbeKind;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import java.util.List;

/** What comes into a worker's inbox. */
public sealed interface Signal {
  /** The API server has a newer state of the pod. */
  record Changed(ObjectNode pod) implements Signal {}

  /** The API shows a pod that is not its own by this object. */
  record Mirrored(ObjectNode mirror) implements Signal {}

  /** The API server has the pod no more. */
  record Gone() implements Signal {}

  /** The engine did something to a container or the sandbox. */
  record Engine(ContainerEvent.Type type, String id) implements Signal {}

  /** All the engine has of the pod. */
  record Listed(List<Sandbox> sandboxes, List<ContainerSummary> containers) implements Signal {}

  /** What a volume of the pod is made of may be another now. */
  record SourceChanged() implements Signal {}

  /** Something the worker waits for may be over: a pull, a stop, a hook. */
  record Wake() implements Signal {}

  /**
   * @param message what the probe said
   */
  record Probed(String containerId, ProbeKind kind, boolean success, String message)
      implements Signal {}

  /** The machine is short of what the pod uses: it ends at once, for good. */
  record Evicted(String message) implements Signal {}

  /** A postStart hook failed: the container is killed. */
  record HookFailed(String containerId, String message) implements Signal {}
}
