package io.jkube.kubelet.stream;

import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.stream.Link;
import io.jkube.client.ApiClient;
import io.jkube.kubelet.container.PodNames;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.util.Locale;

/** Connections to the ports of this node's pods. Thread-safe. */
public final class PodPorts {
  private final ApiClient client;
  private final ContainerRuntime runtime;

  public PodPorts(ApiClient client, ContainerRuntime runtime) {
    this.client = client;
    this.runtime = runtime;
  }

  /** Opens connections to one pod. */
  @FunctionalInterface
  public interface Dial {
    /**
     * Connects to a port.
     *
     * @return the caller closes it
     * @throws IOException when nobody listens there, in words for the user
     */
    Link to(int port) throws IOException;
  }

  /**
   * @throws ApiException when the pod does not run, in upstream's words
   */
  public Dial of(String namespace, String pod) {
    var ref = PodNames.refOnNode(client.get(Resources.PODS, new ObjectKey(namespace, pod)));
    var sandbox = sandbox(ref);
    return port -> {
      try {
        return new Connecting(runtime, sandbox, port).connect();
      } catch (IOException refused) {
        throw new IOException(
            "error forwarding port %d to pod %s, uid %s: failed to connect to %s:%d: %s"
                .formatted(
                    port,
                    pod + "_" + namespace,
                    ref.uid(),
                    Connecting.address(sandbox),
                    port,
                    refused.getMessage().toLowerCase(Locale.ROOT)),
            refused);
      }
    };
  }

  private Sandbox sandbox(PodRef pod) {
    try {
      return runtime.sandboxes().stream()
          .filter(found -> found.pod().equals(pod) && found.running())
          .findFirst()
          .orElseThrow(
              () ->
                  new ApiException(
                      StatusReason.INTERNAL_ERROR,
                      "pod not found (\"" + pod.name() + "_" + pod.namespace() + "\")"));
    } catch (RuntimeFailure failure) {
      throw new ApiException(StatusReason.INTERNAL_ERROR, failure.getMessage());
    }
  }
}
