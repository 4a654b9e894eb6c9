package io.jkube.apiserver.subresource;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.stream.CommandOptions;
import io.jkube.apiserver.stream.PodDial;
import io.jkube.apiserver.stream.RemoteProcess;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The way from the server to the kubelets, for what only they can tell. Thread-safe.
 *
 * <p>Failures: {@link ApiException}, worded as upstream's kubelet words them (BadRequest when the
 * container waits to start, NotFound when there is none).
 */
@FunctionalInterface
public interface KubeletConnection {
  /** No kubelet can be reached. */
  KubeletConnection NONE =
      (node, namespace, pod, container, query) -> {
        throw unreachable(node);
      };

  /**
   * A container's output.
   *
   * @param query the request's parameters, checked: follow, previous, sinceSeconds, sinceTime,
   *     timestamps, tailLines, limitBytes, stream
   * @return the bytes as they come; the caller closes it
   */
  InputStream containerLogs(
      String node, String namespace, String pod, String container, Map<String, List<String>> query);

  /**
   * A command in a container. Fails at once when the container does not run.
   *
   * @return starts it; whoever starts it closes it
   */
  default Supplier<RemoteProcess> exec(
      String node, String namespace, String pod, String container, CommandOptions options) {
    throw unreachable(node);
  }

  /**
   * The first process of a container. Fails at once when the container does not run.
   *
   * @param options its command is empty
   * @return attaches to it; whoever does closes it, which ends no process
   */
  default Supplier<RemoteProcess> attach(
      String node, String namespace, String pod, String container, CommandOptions options) {
    throw unreachable(node);
  }

  /**
   * A way to the ports of a pod.
   *
   * @throws ApiException when the pod does not run
   */
  default PodDial portForward(String node, String namespace, String pod) {
    throw unreachable(node);
  }

  /**
   * What a kubelet tells of its node and itself: {@code /stats/summary}, {@code /metrics/resource},
   * {@code /pods}, {@code /healthz}, {@code /configz}.
   *
   * @throws ApiException NotFound for any other path
   */
  default Page page(String node, String path) {
    throw unreachable(node);
  }

  /** What a kubelet says. */
  record Page(String contentType, byte[] body) {}

  private static ApiException unreachable(String node) {
    return new ApiException(
        StatusReason.SERVICE_UNAVAILABLE, "no kubelet is connected for node \"" + node + "\"");
  }
}
