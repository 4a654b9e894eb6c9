package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.api.Json;
import io.jkube.kubelet.container.ConfigFailure;
import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
import java.util.List;

/**
 * The containers that were put into the pod to look at it (Kubernetes: "Ephemeral Containers").
 * Each is made once, beside the others and however they fare, and never again. Confined to the
 * worker.
 */
final class EphemeralContainers {
  private final EngineInfo engine;
  private final PodState state;

  EphemeralContainers(EngineInfo engine, PodState state) {
    this.engine = engine;
    this.state = state;
  }

  /** Those that should run and do not: they come into a sandbox that is there. */
  List<Container> due() {
    var sandbox = state.sandbox().runningId();
    return sandbox == null
        ? List.of()
        : state.ephemeralContainers().stream().filter(spec -> isDue(spec, sandbox)).toList();
  }

  private boolean isDue(Container spec, String sandbox) {
    var record = state.record(spec);
    return !record.wasEverMade() || record.isCreated() && record.isIn(sandbox);
  }

  /**
   * Whose processes the container is to see, as the engine knows it; empty for none in particular,
   * and for a container that is not ephemeral.
   *
   * @throws ConfigFailure when that one does not run, or the container asks for what cannot be
   *     given
   */
  String target(Container spec) {
    if (!state.ephemeralContainers().contains(spec)) {
      return "";
    }
    var unsupported = UnsupportedFields.ofContainer(Json.tree(spec), spec.getName(), engine);
    if (!unsupported.isEmpty()) {
      throw new ConfigFailure("jkube does not support " + String.join(", ", unsupported) + " yet");
    }
    var name = spec.getAdditionalProperties().get("targetContainerName");
    if (!(name instanceof String target) || target.isEmpty()) {
      return "";
    }
    var record = state.records().get(target);
    if (record == null || !record.isRunning()) {
      throw new ConfigFailure("unable to find target container " + target);
    }
    return record.newest().id();
  }
}
