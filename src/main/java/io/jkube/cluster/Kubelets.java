package io.jkube.cluster;

import io.jkube.apiserver.subresource.KubeletConnection;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kubelets of this process by their nodes: how the server reaches what only they can tell. */
final class Kubelets implements KubeletConnection {
  private final Map<String, KubeletConnection> byNode = new ConcurrentHashMap<>();

  void connect(String node, KubeletConnection kubelet) {
    byNode.put(node, kubelet);
  }

  void disconnect(String node) {
    byNode.remove(node);
  }

  @Override
  public InputStream containerLogs(
      String node,
      String namespace,
      String pod,
      String container,
      Map<String, List<String>> query) {
    return byNode
        .getOrDefault(node, KubeletConnection.NONE)
        .containerLogs(node, namespace, pod, container, query);
  }
}
