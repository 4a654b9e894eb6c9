package io.jkube.kubelet.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.kubelet.container.PodNames;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.LogRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** The output of this node's containers. Thread-safe. */
public final class ContainerLogs {
  private final ApiClient client;
  private final ContainerRuntime runtime;
  private final InstantSource clock;

  public ContainerLogs(ApiClient client, ContainerRuntime runtime, InstantSource clock) {
    this.client = client;
    this.runtime = runtime;
    this.clock = clock;
  }

  /**
   * A container's output as it comes; the reader closes it.
   *
   * @throws ApiException BadRequest when the container waits to start or has no earlier instance,
   *     NotFound when the pod has no such container
   */
  public InputStream open(String namespace, String pod, String container, LogOptions options) {
    var found = client.get(Resources.PODS, new ObjectKey(namespace, pod));
    var instances = instances(PodNames.refOnNode(found), container);
    var instance =
        options.previous()
            ? previous(instances, container, pod)
            : newest(instances, found, container, pod);
    try {
      return new LogInputStream(runtime.logs(instance.id(), request(options)), options);
    } catch (RuntimeFailure failure) {
      throw new ApiException(
          failure.kind() == RuntimeFailure.Kind.NOT_FOUND
              ? StatusReason.NOT_FOUND
              : StatusReason.INTERNAL_ERROR,
          failure.getMessage());
    }
  }

  private List<ContainerSummary> instances(PodRef pod, String container) {
    return runtime.containers().stream()
        .filter(found -> found.pod().equals(pod) && found.name().equals(container))
        .filter(found -> found.state() != State.CREATED)
        .sorted(Comparator.comparingInt(ContainerSummary::attempt).reversed())
        .toList();
  }

  private static ContainerSummary previous(
      List<ContainerSummary> instances, String container, String pod) {
    boolean waits = !instances.isEmpty() && instances.getFirst().state() == State.EXITED;
    // A container that ended and will be started again is shown as its own last state.
    int index = waits && instances.size() == 1 && instances.getFirst().attempt() > 0 ? 0 : 1;
    if (instances.size() <= index) {
      throw ApiException.badRequest(
          "previous terminated container \"" + container + "\" in pod \"" + pod + "\" not found");
    }
    return instances.get(index);
  }

  private static ContainerSummary newest(
      List<ContainerSummary> instances, ObjectNode found, String container, String pod) {
    if (!instances.isEmpty()) {
      return instances.getFirst();
    }
    var reason = waitingReason(found, container);
    throw ApiException.badRequest(
        "container \"" + container + "\" in pod \"" + pod + "\" is waiting to start" + reason);
  }

  private static String waitingReason(JsonNode pod, String container) {
    for (var field :
        List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")) {
      for (var status : pod.path("status").path(field)) {
        if (status.path("name").asText().equals(container)) {
          return describe(status.at("/state/waiting/reason").asText(""));
        }
      }
    }
    return " - no logs yet";
  }

  private static String describe(String reason) {
    return switch (reason) {
      case "" -> " - no logs yet";
      case "ErrImagePull" -> ": image can't be pulled";
      case "ImagePullBackOff" -> ": trying and failing to pull image";
      default -> ": " + reason;
    };
  }

  private LogRequest request(LogOptions options) {
    Instant since =
        options.sinceSeconds() > 0
            ? clock.instant().minusSeconds(options.sinceSeconds())
            : options.sinceTime();
    return new LogRequest(
        options.follow(),
        options.tailLines(),
        since,
        options.timestamps(),
        !options.stream().equals("Stderr"),
        !options.stream().equals("Stdout"));
  }
}
