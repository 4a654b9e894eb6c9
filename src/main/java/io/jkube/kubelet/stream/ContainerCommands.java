package io.jkube.kubelet.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.kubelet.container.PodNames;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.AttachRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.ProcessStream;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.util.List;
import java.util.function.Supplier;

/** Commands in this node's containers, and the streams of their first processes. Thread-safe. */
public final class ContainerCommands {
  private final ApiClient client;
  private final ContainerRuntime runtime;

  public ContainerCommands(ApiClient client, ContainerRuntime runtime) {
    this.client = client;
    this.runtime = runtime;
  }

  /**
   * A command in a container.
   *
   * @return starts it; whoever starts it closes it
   * @throws ApiException when the container does not run, in upstream's words
   */
  public Supplier<ProcessStream> exec(
      String namespace, String pod, String container, ExecRequest request) {
    var id = running(get(namespace, pod), container);
    return () ->
        started("error executing command in container: ", () -> runtime.openExec(id, request));
  }

  /**
   * The first process of a container. Whether it has a terminal its container says, not the client.
   *
   * @return attaches to it; whoever does closes it
   * @throws ApiException when the container does not run, in upstream's words
   */
  public Supplier<ProcessStream> attach(
      String namespace, String pod, String container, AttachRequest wanted) {
    var found = get(namespace, pod);
    var id = running(found, container);
    var request =
        new AttachRequest(
            wanted.stdin(), wanted.stdout(), wanted.stderr(), hasTerminal(found, container));
    return () -> started("error attaching to container: ", () -> runtime.attach(id, request));
  }

  private ObjectNode get(String namespace, String pod) {
    return client.get(Resources.PODS, new ObjectKey(namespace, pod));
  }

  private static boolean hasTerminal(ObjectNode pod, String name) {
    for (var field : List.of("containers", "initContainers", "ephemeralContainers")) {
      for (var container : pod.path("spec").path(field)) {
        if (container.path("name").asText().equals(name)) {
          return container.path("tty").asBoolean();
        }
      }
    }
    return false;
  }

  private String running(ObjectNode pod, String container) {
    var ref = PodNames.refOnNode(pod);
    try {
      return runtime.containers().stream()
          .filter(found -> found.pod().equals(ref) && found.name().equals(container))
          .filter(found -> found.state() == State.RUNNING)
          .findFirst()
          .map(ContainerSummary::id)
          .orElseThrow(
              () ->
                  new ApiException(
                      StatusReason.INTERNAL_ERROR, "container not found (\"" + container + "\")"));
    } catch (RuntimeFailure failure) {
      throw new ApiException(StatusReason.INTERNAL_ERROR, failure.getMessage());
    }
  }

  private static ProcessStream started(String doing, Supplier<ProcessStream> start) {
    try {
      return start.get();
    } catch (RuntimeFailure failure) {
      throw ApiException.internal(doing + failure.getMessage());
    }
  }
}
