package io.jkube.cluster;

import io.jkube.apiserver.stream.CommandOptions;
import io.jkube.apiserver.stream.PodDial;
import io.jkube.apiserver.stream.RemoteProcess;
import io.jkube.apiserver.subresource.KubeletConnection;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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
    return of(node).containerLogs(node, namespace, pod, container, query);
  }

  @Override
  public Supplier<RemoteProcess> exec(
      String node, String namespace, String pod, String container, CommandOptions options) {
    return of(node).exec(node, namespace, pod, container, options);
  }

  @Override
  public Supplier<RemoteProcess> attach(
      String node, String namespace, String pod, String container, CommandOptions options) {
    return of(node).attach(node, namespace, pod, container, options);
  }

  @Override
  public PodDial portForward(String node, String namespace, String pod) {
    return of(node).portForward(node, namespace, pod);
  }

  @Override
  public Page page(String node, String path) {
    return of(node).page(node, path);
  }

  private KubeletConnection of(String node) {
    return byNode.getOrDefault(node, KubeletConnection.NONE);
  }
}
