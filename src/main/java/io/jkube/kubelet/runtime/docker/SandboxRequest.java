package io.jkube.kubelet.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import io.jkube.kubelet.runtime.ContainerRuntime.PortMapping;
import io.jkube.kubelet.runtime.ContainerRuntime.SandboxSpec;
import java.util.List;
import java.util.Locale;

/** A sandbox in docker-java's words. */
final class SandboxRequest {
  /** As upstream: the last to be killed for want of memory. */
  private static final int OOM_SCORE_ADJUST = -998;

  private static final int LONGEST_HOSTNAME = 63;

  private SandboxRequest() {}

  static CreateContainerCmd build(
      DockerClient docker,
      NodeScope scope,
      SandboxSpec spec,
      String image,
      String network,
      OomScore oomScore) {
    var labels = Labels.of(scope, spec.pod(), Labels.SANDBOX_NAME, spec.attempt(), spec.labels());
    labels.put(Labels.TYPE, Labels.SANDBOX_TYPE);
    var command =
        docker
            .createContainerCmd(image)
            .withName(Labels.containerName(Labels.SANDBOX_NAME, spec.pod(), spec.attempt()))
            .withLabels(labels)
            .withHostConfig(host(spec, network, oomScore))
            .withExposedPorts(spec.publish().stream().map(SandboxRequest::port).toList());
    if (!spec.hostNetwork() && !spec.hostname().isEmpty()) {
      command.withHostName(
          spec.hostname().substring(0, Math.min(LONGEST_HOSTNAME, spec.hostname().length())));
    }
    return command;
  }

  private static HostConfig host(SandboxSpec spec, String network, OomScore oomScore) {
    var host =
        HostConfig.newHostConfig()
            .withNetworkMode(spec.hostNetwork() ? "host" : network)
            .withIpcMode(spec.hostIpc() ? "host" : "shareable")
            .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
            .withSecurityOpts(List.of("no-new-privileges"))
            .withOomScoreAdj(oomScore.allowed(OOM_SCORE_ADJUST))
            .withPortBindings(spec.publish().stream().map(SandboxRequest::binding).toList())
            .withDns(spec.dnsServers())
            .withDnsSearch(spec.dnsSearches())
            .withDnsOptions(spec.dnsOptions())
            .withSysctls(spec.sysctls());
    if (spec.hostPid()) {
      host.withPidMode("host");
    }
    if (spec.hostUsers()) {
      host.withUsernsMode("host");
    }
    if (!spec.handler().isEmpty()) {
      host.withRuntime(spec.handler());
    }
    if (spec.cgroupParent() != null && !spec.cgroupParent().isEmpty()) {
      host.withCgroupParent(spec.cgroupParent());
    }
    return host;
  }

  private static ExposedPort port(PortMapping mapping) {
    return new ExposedPort(
        mapping.containerPort(),
        InternetProtocol.parse(mapping.protocol().toLowerCase(Locale.ROOT)));
  }

  private static PortBinding binding(PortMapping mapping) {
    return new PortBinding(
        new Binding(mapping.hostIp(), Integer.toString(mapping.hostPort())), port(mapping));
  }
}
