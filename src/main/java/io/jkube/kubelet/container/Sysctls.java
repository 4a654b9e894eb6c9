package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Sysctl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which kernel parameters pods may set (Kubernetes: "Using sysctls in a Kubernetes Cluster"): the
 * safe ones, and those that the node allows beyond them.
 */
public final class Sysctls {
  /** What parameters are parted by: a pod on the machine's namespace may not set them. */
  private enum Namespace {
    IPC,
    NET
  }

  /** Parts of names that are known to belong to a namespace. */
  private static final Map<String, Namespace> NAMESPACED =
      Map.of(
          "kernel.sem", Namespace.IPC,
          "kernel.shm", Namespace.IPC,
          "kernel.msg", Namespace.IPC,
          "fs.mqueue.", Namespace.IPC,
          "net.", Namespace.NET);

  private static final List<String> SAFE_NAMES =
      List.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_wmem");

  /** Nothing beyond the safe ones. */
  public static final Sysctls SAFE = of(List.of());

  private final List<String> patterns;

  private Sysctls(List<String> patterns) {
    this.patterns = patterns;
  }

  /**
   * @param unsafe names, or beginnings of names that end in {@code *}
   * @throws IllegalArgumentException when one of them is the whole machine's
   */
  public static Sysctls of(List<String> unsafe) {
    var patterns = new ArrayList<>(SAFE_NAMES);
    for (var each : unsafe) {
      var pattern = normalized(each);
      if (namespace(pattern).isEmpty()) {
        throw new IllegalArgumentException(
            "the sysctls \"" + each + "\" are not known to be namespaced");
      }
      patterns.add(pattern);
    }
    return new Sysctls(List.copyOf(patterns));
  }

  /** Why the pod may not run; empty when it may. */
  public Optional<String> refusal(Pod pod) {
    var context = pod.getSpec().getSecurityContext();
    return context == null
        ? Optional.empty()
        : context.getSysctls().stream()
            .flatMap(sysctl -> refusal(sysctl, pod).stream())
            .findFirst()
            .map(why -> "forbidden sysctl: " + why);
  }

  private Optional<String> refusal(Sysctl sysctl, Pod pod) {
    var name = normalized(sysctl.getName());
    if (patterns.stream().noneMatch(pattern -> matches(pattern, name))) {
      return Optional.of("\"" + name + "\" not allowlisted");
    }
    return namespace(name)
        .filter(namespace -> isMachines(namespace, pod))
        .map(namespace -> "\"" + name + "\" not allowed with host " + text(namespace) + " enabled");
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  private static Optional<Namespace> namespace(String name) {
    return NAMESPACED.entrySet().stream()
        .filter(known -> name.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isMachines(Namespace namespace, Pod pod) {
    return Boolean.TRUE.equals(
        switch (namespace) {
          case IPC -> pod.getSpec().getHostIPC();
          case NET -> pod.getSpec().getHostNetwork();
        });
  }

  private static String text(Namespace namespace) {
    return switch (namespace) {
      case IPC -> "ipc";
      case NET -> "net";
    };
  }

  /** What a pod sets, by names with dots. */
  static Map<String, String> of(Pod pod) {
    var context = pod.getSpec().getSecurityContext();
    var sysctls = new LinkedHashMap<String, String>();
    if (context != null) {
      context
          .getSysctls()
          .forEach(sysctl -> sysctls.put(normalized(sysctl.getName()), sysctl.getValue()));
    }
    return sysctls;
  }

  /** With dots between the parts; in a name with slashes a dot belongs to a part. */
  private static String normalized(String name) {
    int slash = name.indexOf('/');
    int dot = name.indexOf('.');
    return slash < 0 || dot >= 0 && dot < slash
        ? name
        : name.replace('.', '\0').replace('/', '.').replace('\0', '/');
  }
}
