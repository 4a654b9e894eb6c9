package io.jkube.contract;

import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.Mount;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import io.jkube.kubelet.runtime.ContainerRuntime.Resources;
import io.jkube.kubelet.runtime.ContainerRuntime.SandboxSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.Security;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The smallest specs that a runtime takes, for tests to start from. */
public final class RuntimeSpecs {
  public static final Resources NO_LIMITS = new Resources(0, 0, 0, 0, 0, "");
  public static final Security DEFAULT_SECURITY =
      new Security(
          "", List.of(), false, false, null, List.of(), List.of(), null, null, null, false);

  private RuntimeSpecs() {}

  public static PodRef pod(String name) {
    return new PodRef("default", name, UUID.randomUUID().toString());
  }

  public static SandboxSpec sandbox(PodRef pod) {
    return sandbox(pod, false);
  }

  public static SandboxSpec sandbox(PodRef pod, boolean shareProcessNamespace) {
    return new SandboxSpec(
        pod,
        0,
        pod.name(),
        Map.of("app", "contract"),
        false,
        false,
        false,
        shareProcessNamespace,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        "",
        false,
        "");
  }

  public static ContainerSpec shell(PodRef pod, String image, String script) {
    return container(pod, image, List.of("sh", "-c", script), false, false);
  }

  public static ContainerSpec container(
      PodRef pod, String image, List<String> command, boolean stdin, boolean tty) {
    return container(pod, image, command, stdin, tty, List.of(), NO_LIMITS, DEFAULT_SECURITY);
  }

  public static ContainerSpec container(
      PodRef pod,
      String image,
      List<String> command,
      boolean stdin,
      boolean tty,
      List<Mount> mounts,
      Resources resources,
      Security security) {
    return new ContainerSpec(
        pod,
        "main",
        0,
        image,
        command,
        List.of(),
        List.of("GREETING=hello"),
        "",
        mounts,
        List.of(),
        Map.of("io.kubernetes.container.hash", "abc"),
        resources,
        security,
        stdin,
        false,
        tty,
        "",
        "");
  }
}
