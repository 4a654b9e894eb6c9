package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a container may ask about its pod: {@code fieldRef} and {@code resourceFieldRef} of
 * environment variables and downward files (Kubernetes: "Downward API").
 *
 * @param podAddress empty while there is none
 * @param machineCpus, machineMemoryBytes what stands for a limit that is not set
 */
public record PodFacts(
    Pod pod, String podAddress, String hostAddress, int machineCpus, long machineMemoryBytes) {

  /** The fields that are known only once the sandbox runs. */
  public static boolean needsAddress(String fieldPath) {
    return fieldPath.equals("status.podIP") || fieldPath.equals("status.podIPs");
  }

  /**
   * @throws ConfigFailure for a path that is no field offered here
   */
  public String field(String path) {
    var metadata = pod.getMetadata();
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "metadata.labels" -> lines(metadata.getLabels());
      case "metadata.annotations" -> lines(metadata.getAnnotations());
      case "spec.nodeName" -> pod.getSpec().getNodeName();
      case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
      case "status.hostIP", "status.hostIPs" -> hostAddress;
      case "status.podIP", "status.podIPs" -> podAddress;
      case String p when p.startsWith("metadata.labels['") -> entry(p, metadata.getLabels());
      case String p when p.startsWith("metadata.annotations['") ->
          entry(p, metadata.getAnnotations());
      default -> throw new ConfigFailure("unsupported fieldPath: " + path);
    };
  }

  /**
   * A limit or request in units of {@code divisor}, rounded up.
   *
   * @param container whose resource it is; empty for {@code own}
   */
  public String resource(String container, Container own, String resource, BigDecimal divisor) {
    var of = container == null || container.isEmpty() ? own : named(container);
    int dot = resource.indexOf('.');
    boolean limit = resource.startsWith("limits.");
    var name = resource.substring(dot + 1);
    var amount = limit ? Amounts.orOfPod(pod, of, name) : Amounts.amount(of, name, false);
    if (amount.signum() == 0 && limit) {
      amount = machine(name);
    }
    var unit = divisor == null || divisor.signum() == 0 ? BigDecimal.ONE : divisor;
    return amount.divide(unit, 0, RoundingMode.CEILING).toPlainString();
  }

  private BigDecimal machine(String resource) {
    return switch (resource) {
      case "cpu" -> BigDecimal.valueOf(machineCpus);
      case "memory" -> BigDecimal.valueOf(machineMemoryBytes);
      default -> BigDecimal.ZERO;
    };
  }

  private Container named(String name) {
    var spec = pod.getSpec();
    return Stream.of(spec.getContainers(), spec.getInitContainers())
        .flatMap(List::stream)
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new ConfigFailure("container " + name + " not found"));
  }

  private static String entry(String path, Map<String, String> map) {
    var key = path.substring(path.indexOf('\'') + 1, path.lastIndexOf('\''));
    return map == null ? "" : map.getOrDefault(key, "");
  }

  private static String lines(Map<String, String> map) {
    return map == null
        ? ""
        : map.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + "=" + quoted(e.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String quoted(String value) {
    var escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + escaped + '"';
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }
}
