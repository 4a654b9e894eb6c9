package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.Device;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.ContainerRuntime.Mount;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the engine is told of one container. */
public final class Containers {
  private final Environment environment;
  private final Path seccompProfiles;

  /**
   * @param seccompProfiles the folder in which a pod's {@code localhostProfile} lies
   */
  public Containers(ObjectLookup objects, Path seccompProfiles) {
    this.environment = new Environment(objects);
    this.seccompProfiles = seccompProfiles;
  }

  /** Whether an init container runs on beside the others. */
  public static boolean isSidecar(Container container) {
    return "Always".equals(container.getRestartPolicy());
  }

  /** The container's environment; see {@link Environment}. */
  public Map<String, String> environment(
      PodFacts facts, Container container, Function<String, Path> volumes) {
    return environment.of(facts, container, volumes);
  }

  /**
   * @throws ConfigFailure when the pod asks for what cannot be given now
   */
  public ContainerSpec of(
      PodFacts facts,
      Container container,
      int attempt,
      Image image,
      Map<String, String> variables,
      List<Mount> mounts,
      List<Device> devices) {
    Pod pod = facts.pod();
    return new ContainerSpec(
        PodNames.ref(pod),
        container.getName(),
        attempt,
        container.getImage(),
        expanded(container.getCommand(), variables),
        expanded(container.getArgs(), variables),
        variables.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
        container.getWorkingDir() == null ? "" : container.getWorkingDir(),
        mounts,
        devices,
        labels(pod),
        Amounts.of(pod, container, facts.machineMemoryBytes()),
        Security.of(pod, container, image.user(), seccompProfiles),
        isTrue(container.getStdin()),
        isTrue(container.getStdinOnce()),
        isTrue(container.getTty()),
        stopSignal(container),
        "");
  }

  private static String stopSignal(Container container) {
    var lifecycle = container.getLifecycle();
    return lifecycle == null || lifecycle.getStopSignal() == null ? "" : lifecycle.getStopSignal();
  }

  private static List<String> expanded(List<String> words, Map<String, String> variables) {
    return words == null
        ? List.of()
        : words.stream().map(word -> Expansion.of(word, variables)).toList();
  }

  private static Map<String, String> labels(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? Map.of() : new HashMap<>(labels);
  }

  private static boolean isTrue(Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
