package io.jkube.cluster;

import io.jkube.apiserver.stream.CommandOptions;
import io.jkube.apiserver.stream.PodDial;
import io.jkube.apiserver.stream.RemoteProcess;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.kubelet.Kubelet;
import io.jkube.kubelet.runtime.ContainerRuntime.AttachRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecRequest;
import io.jkube.kubelet.stream.LogOptions;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The server's way to a kubelet that lives beside it. */
record KubeletOfThisProcess(Kubelet kubelet) implements KubeletConnection {
  @Override
  public InputStream containerLogs(
      String node,
      String namespace,
      String pod,
      String container,
      Map<String, List<String>> query) {
    return kubelet.logs().open(namespace, pod, container, LogOptions.of(query));
  }

  @Override
  public Supplier<RemoteProcess> exec(
      String node, String namespace, String pod, String container, CommandOptions options) {
    var request =
        new ExecRequest(
            options.command(), options.stdin(), options.stdout(), options.stderr(), options.tty());
    var start = kubelet.commands().exec(namespace, pod, container, request);
    return () -> new ProcessOfKubelet(start.get());
  }

  @Override
  public Supplier<RemoteProcess> attach(
      String node, String namespace, String pod, String container, CommandOptions options) {
    var request =
        new AttachRequest(options.stdin(), options.stdout(), options.stderr(), options.tty());
    var start = kubelet.commands().attach(namespace, pod, container, request);
    return () -> new ProcessOfKubelet(start.get());
  }

  @Override
  public PodDial portForward(String node, String namespace, String pod) {
    return kubelet.ports().of(namespace, pod)::to;
  }

  @Override
  public Page page(String node, String path) {
    var page = kubelet.pages().page(path);
    return new Page(page.contentType(), page.body());
  }
}
