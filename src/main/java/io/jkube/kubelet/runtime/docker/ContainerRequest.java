package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.Resources;
import io.jkube.kubelet.runtime.ContainerRuntime.SandboxSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.Security;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A container of a pod in docker-java's words. It lives in its sandbox's namespaces. */
final class ContainerRequest {
  private static final LogConfig LOGS =
      new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "5"));

  private ContainerRequest() {}

  static CreateContainerCmd build(
      DockerClient docker,
      NodeScope scope,
      SandboxSpec sandbox,
      String sandboxId,
      ContainerSpec spec,
      OomScore oomScore) {
    var labels = Labels.of(scope, spec.pod(), spec.name(), spec.attempt(), spec.labels());
    labels.put(Labels.TYPE, Labels.CONTAINER_TYPE);
    labels.put(Labels.SANDBOX_ID, sandboxId);
    labels.put(Labels.RESTART_COUNT, Integer.toString(spec.attempt()));
    var command =
        docker
            .createContainerCmd(spec.image())
            .withName(Labels.containerName(spec.name(), spec.pod(), spec.attempt()))
            .withLabels(labels)
            .withEnv(spec.environment())
            .withStdinOpen(spec.stdin())
            .withStdInOnce(spec.stdinOnce())
            .withTty(spec.tty())
            .withHostConfig(host(sandbox, sandboxId, spec, oomScore));
    process(command, spec);
    return command;
  }

  /** Without a command of the pod's the image's entrypoint stays, without arguments its too. */
  private static void process(CreateContainerCmd command, ContainerSpec spec) {
    if (!spec.command().isEmpty()) {
      command.withEntrypoint(spec.command());
    }
    if (!spec.arguments().isEmpty()) {
      command.withCmd(spec.arguments());
    }
    if (given(spec.workingDirectory())) {
      command.withWorkingDir(spec.workingDirectory());
    }
    if (given(spec.stopSignal())) {
      command.withStopSignal(spec.stopSignal());
    }
    if (given(spec.security().user())) {
      command.withUser(spec.security().user());
    }
  }

  private static HostConfig host(
      SandboxSpec sandbox, String sandboxId, ContainerSpec spec, OomScore oomScore) {
    var shared = "container:" + sandboxId;
    var host =
        (spec.security().unmasked() ? new UnmaskedHost() : HostConfig.newHostConfig())
            .withNetworkMode(shared)
            .withIpcMode(shared)
            .withLogConfig(LOGS)
            .withMounts(spec.mounts().stream().map(ContainerRequest::mount).toList())
            .withDevices(spec.devices().stream().map(ContainerRequest::device).toList());
    if (given(spec.processesOf())) {
      host.withPidMode("container:" + spec.processesOf());
    } else if (sandbox.hostPid()) {
      host.withPidMode("host");
    } else if (sandbox.shareProcessNamespace()) {
      host.withPidMode(shared);
    }
    if (sandbox.hostUsers()) {
      host.withUsernsMode("host");
    }
    if (given(sandbox.handler())) {
      host.withRuntime(sandbox.handler());
    }
    if (given(sandbox.cgroupParent())) {
      host.withCgroupParent(sandbox.cgroupParent());
    }
    resources(host, spec.resources(), oomScore);
    security(host, spec.security());
    return host;
  }

  /** A memory limit includes swap, as Kubernetes has it where swap is not asked for. */
  private static void resources(HostConfig host, Resources resources, OomScore oomScore) {
    host.withOomScoreAdj(oomScore.allowed(resources.oomScoreAdjust()));
    if (resources.cpuShares() > 0) {
      host.withCpuShares(Math.toIntExact(resources.cpuShares()));
    }
    if (resources.cpuQuota() > 0) {
      host.withCpuPeriod(resources.cpuPeriod()).withCpuQuota(resources.cpuQuota());
    }
    if (resources.memoryBytes() > 0) {
      host.withMemory(resources.memoryBytes()).withMemorySwap(resources.memoryBytes());
    }
    if (given(resources.cpusetCpus())) {
      host.withCpusetCpus(resources.cpusetCpus());
    }
  }

  /** What an engine changes of a container that runs. */
  static ObjectNode update(Resources resources) {
    var update = Json.object().put("CpuShares", resources.cpuShares());
    if (resources.cpuQuota() > 0) {
      update.put("CpuPeriod", resources.cpuPeriod()).put("CpuQuota", resources.cpuQuota());
    }
    if (resources.memoryBytes() > 0) {
      update.put("Memory", resources.memoryBytes()).put("MemorySwap", resources.memoryBytes());
    }
    return update;
  }

  private static void security(HostConfig host, Security security) {
    host.withPrivileged(security.privileged())
        .withReadonlyRootfs(security.readOnlyRootFilesystem())
        .withSecurityOpts(options(security));
    if (security.groups() != null) {
      host.withGroupAdd(security.groups());
    }
    if (security.capabilitiesAdd() != null) {
      host.withCapAdd(capabilities(security.capabilitiesAdd()));
    }
    if (security.capabilitiesDrop() != null) {
      host.withCapDrop(capabilities(security.capabilitiesDrop()));
    }
  }

  private static List<String> options(Security security) {
    var options = new ArrayList<String>();
    if (Boolean.TRUE.equals(security.noNewPrivileges())) {
      options.add("no-new-privileges");
    }
    if (given(security.seccompProfile())) {
      options.add("seccomp=" + security.seccompProfile());
    }
    if (given(security.appArmorProfile())) {
      options.add("apparmor=" + security.appArmorProfile());
    }
    if (given(security.seLinuxLabel())) {
      for (var part : security.seLinuxLabel().split(",")) {
        options.add("label=" + part);
      }
    }
    return options;
  }

  private static Capability[] capabilities(List<String> names) {
    return names.stream().map(ContainerRequest::capability).toArray(Capability[]::new);
  }

  private static Capability capability(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    try {
      return Capability.valueOf(upper.startsWith("CAP_") ? upper.substring(4) : upper);
    } catch (IllegalArgumentException unknown) {
      throw new RuntimeFailure(
          RuntimeFailure.Kind.REFUSED, "unknown capability \"" + name + "\"", unknown);
    }
  }

  private static Device device(io.jkube.kubelet.runtime.ContainerRuntime.Device device) {
    var permissions = device.readOnly() ? "rm" : "rwm";
    return new Device(permissions, device.containerPath(), device.hostPath());
  }

  private static Mount mount(io.jkube.kubelet.runtime.ContainerRuntime.Mount mount) {
    var options = mount.recursive() ? new RecursivelyReadOnly() : new BindOptions();
    // Unsaid it is private, but for what holds the engine's own folder, which may not be.
    switch (mount.propagation() == null ? "" : mount.propagation()) {
      case "rslave" -> options.withPropagation(BindPropagation.R_SLAVE);
      case "rshared" -> options.withPropagation(BindPropagation.R_SHARED);
      default -> {}
    }
    return new Mount()
        .withType(MountType.BIND)
        .withSource(mount.hostPath())
        .withTarget(mount.containerPath())
        .withReadOnly(mount.readOnly())
        .withBindOptions(options);
  }

  private static boolean given(String value) {
    return value != null && !value.isEmpty();
  }
}
