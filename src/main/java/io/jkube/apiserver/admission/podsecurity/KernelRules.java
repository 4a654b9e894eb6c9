package io.jkube.apiserver.admission.podsecurity;

import static io.jkube.apiserver.admission.podsecurity.Finding.counted;
import static io.jkube.apiserver.admission.podsecurity.Finding.quoted;
import static io.jkube.apiserver.admission.podsecurity.PodView.said;
import static io.jkube.apiserver.admission.podsecurity.PodView.setters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The baseline's rules for what the kernel guards: SELinux, seccomp, sysctls. */
final class KernelRules {
  private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";

  private static final Set<String> SELINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t");

  /** Safe sysctls, and the version from which on they are so. */
  private static final Map<String, Integer> SYSCTLS =
      Map.ofEntries(
          Map.entry("kernel.shm_rmid_forced", 0),
          Map.entry("net.ipv4.ip_local_port_range", 0),
          Map.entry("net.ipv4.tcp_syncookies", 0),
          Map.entry("net.ipv4.ping_group_range", 0),
          Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
          Map.entry("net.ipv4.ip_local_reserved_ports", 27),
          Map.entry("net.ipv4.tcp_keepalive_time", 29),
          Map.entry("net.ipv4.tcp_fin_timeout", 29),
          Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
          Map.entry("net.ipv4.tcp_keepalive_probes", 29),
          Map.entry("net.ipv4.tcp_rmem", 32),
          Map.entry("net.ipv4.tcp_wmem", 32));

  private KernelRules() {}

  static Optional<Finding> seLinuxOptions(PodView pod, LevelVersion as) {
    var found = new ForbiddenSeLinux(as);
    boolean own = found.isIn(pod.securityContext());
    var setters = setters(own, pod.containersSecured(found::isIn));
    return setters.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "seLinuxOptions",
            String.join(" and ", setters)
                + " set forbidden securityContext.seLinuxOptions: "
                + found.text());
  }

  /** Collects what is set of SELinux and may not be. */
  private static final class ForbiddenSeLinux {
    private final LevelVersion as;
    private final TreeSet<String> types = new TreeSet<>();
    private boolean user;
    private boolean role;

    ForbiddenSeLinux(LevelVersion as) {
      this.as = as;
    }

    boolean isIn(JsonNode context) {
      var options = said(context, "seLinuxOptions");
      var type = options.path("type").asText("");
      boolean badType =
          !SELINUX_TYPES.contains(type) && !(as.from(31) && type.equals("container_engine_t"));
      boolean setsUser = !options.path("user").asText("").isEmpty();
      boolean setsRole = !options.path("role").asText("").isEmpty();
      if (badType) {
        types.add(type);
      }
      user |= setsUser;
      role |= setsRole;
      return badType || setsUser || setsRole;
    }

    String text() {
      var parts = new ArrayList<String>();
      if (!types.isEmpty()) {
        parts.add(counted("type", types) + " " + quoted(types));
      }
      if (user) {
        parts.add("user may not be set");
      }
      if (role) {
        parts.add("role may not be set");
      }
      return String.join("; ", parts);
    }
  }

  static Optional<Finding> seccompProfile(PodView pod, LevelVersion as) {
    if (!as.from(19)) {
      return seccompAnnotations(pod);
    }
    var values = new TreeSet<String>();
    boolean own = BaselineRules.isBadProfile(pod.securityContext(), "seccompProfile", values);
    var bad =
        pod.containersSecured(each -> BaselineRules.isBadProfile(each, "seccompProfile", values));
    var setters = setters(own, bad);
    return setters.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "seccompProfile",
            String.join(" and ", setters)
                + " must not set securityContext.seccompProfile.type to "
                + quoted(values));
  }

  private static Optional<Finding> seccompAnnotations(PodView pod) {
    var forbidden = new TreeSet<String>();
    noteSeccomp(pod, SECCOMP_POD, forbidden);
    for (var container : pod.containers()) {
      noteSeccomp(pod, SECCOMP + container.path("name").asText(), forbidden);
    }
    return forbidden.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "seccompProfile",
            "forbidden " + counted("annotation", forbidden) + " " + String.join(", ", forbidden));
  }

  private static void noteSeccomp(PodView pod, String annotation, Set<String> forbidden) {
    var profile = pod.annotations().path(annotation);
    var text = profile.asText();
    boolean allowed =
        text.equals("runtime/default")
            || text.equals("docker/default")
            || text.startsWith("localhost/");
    if (!profile.isMissingNode() && !allowed) {
      forbidden.add(annotation + "=\"" + text + "\"");
    }
  }

  static Optional<Finding> sysctls(PodView pod, LevelVersion as) {
    var forbidden = new ArrayList<String>();
    for (var sysctl : pod.securityContext().path("sysctls")) {
      var safeFrom = SYSCTLS.get(sysctl.path("name").asText());
      if (safeFrom == null || !as.from(safeFrom)) {
        forbidden.add(sysctl.path("name").asText());
      }
    }
    return forbidden.isEmpty()
        ? Optional.empty()
        : Rule.found("forbidden sysctls", String.join(", ", forbidden));
  }
}
