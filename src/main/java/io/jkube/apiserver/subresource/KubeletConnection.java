package io.jkube.apiserver.subresource;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The way from the server to the kubelets, for what only they can tell. Thread-safe.
 *
 * <p>Failures: {@link io.jkube.api.ApiException}, worded as upstream's kubelet words them
 * (BadRequest when the container waits to start, NotFound when there is none).
 */
@FunctionalInterface
public interface KubeletConnection {
  /** No kubelet can be reached. */
  KubeletConnection NONE =
      (node, namespace, pod, container, query) -> {
        throw new io.jkube.api.ApiException(
            io.jkube.api.StatusReason.SERVICE_UNAVAILABLE,
            "no kubelet is connected for node \"" + node + "\"");
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
}
