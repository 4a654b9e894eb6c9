package io.jkube.apiserver.admission.podsecurity;

import static io.jkube.apiserver.admission.podsecurity.Finding.containers;
import static io.jkube.apiserver.admission.podsecurity.Finding.counted;
import static io.jkube.apiserver.admission.podsecurity.Finding.quoted;
import static io.jkube.apiserver.admission.podsecurity.PodView.said;
import static io.jkube.apiserver.admission.podsecurity.PodView.setters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What keeps known ways to more rights shut. */
final class BaselineRules {
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

  private static final Set<String> CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private BaselineRules() {}

  static Optional<Finding> appArmorProfile(PodView pod, LevelVersion as) {
    var values = new TreeSet<String>();
    boolean own = isBadProfile(pod.securityContext(), "appArmorProfile", values);
    var bad = pod.containersSecured(each -> isBadProfile(each, "appArmorProfile", values));
    var setters = setters(own, bad);
    var shown = new ArrayList<String>(values);
    var annotations = new TreeSet<String>();
    for (var each : pod.annotations().properties()) {
      if (each.getKey().startsWith(APP_ARMOR) && !isAllowedAnnotation(each.getValue().asText())) {
        annotations.add(each.getKey() + "=\"" + each.getValue().asText() + "\"");
      }
    }
    if (!annotations.isEmpty()) {
      shown.addAll(annotations);
      setters.add(counted("annotation", annotations));
    }
    return setters.isEmpty()
        ? Optional.empty()
        : Rule.found(
            counted("forbidden AppArmor profile", shown),
            String.join(" and ", setters)
                + " must not set AppArmor profile type to "
                + quoted(shown));
  }

  private static boolean isAllowedAnnotation(String profile) {
    return profile.isEmpty()
        || profile.equals("runtime/default")
        || profile.startsWith("localhost/");
  }

  /** Whether a profile is set that is none of the allowed; its type is added to {@code values}. */
  static boolean isBadProfile(JsonNode context, String field, Set<String> values) {
    var profile = said(context, field);
    if (profile.isMissingNode() || PROFILES.contains(profile.path("type").asText())) {
      return false;
    }
    values.add(profile.path("type").asText());
    return true;
  }

  static Optional<Finding> capabilities(PodView pod, LevelVersion as) {
    var added = new TreeSet<String>();
    var bad = pod.containersSecured(each -> addsOther(each, CAPABILITIES, added));
    return bad.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "non-default capabilities",
            containers(bad)
                + " must not include "
                + quoted(added)
                + " in securityContext.capabilities.add");
  }

  static boolean addsOther(JsonNode context, Set<String> allowed, Set<String> found) {
    boolean other = false;
    for (var capability : context.path("capabilities").path("add")) {
      if (!allowed.contains(capability.asText())) {
        found.add(capability.asText());
        other = true;
      }
    }
    return other;
  }

  static Optional<Finding> hostNamespaces(PodView pod, LevelVersion as) {
    var shared = new ArrayList<String>();
    for (var field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (pod.spec().path(field).asBoolean()) {
        shared.add(field + "=true");
      }
    }
    return shared.isEmpty()
        ? Optional.empty()
        : Rule.found("host namespaces", String.join(", ", shared));
  }

  static Optional<Finding> hostPathVolumes(PodView pod, LevelVersion as) {
    var names = new ArrayList<String>();
    for (var volume : pod.spec().path("volumes")) {
      if (volume.hasNonNull("hostPath")) {
        names.add(volume.path("name").asText());
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Rule.found("hostPath volumes", counted("volume", names) + " " + quoted(names));
  }

  static Optional<Finding> hostPorts(PodView pod, LevelVersion as) {
    var ports = new TreeSet<String>();
    var bad =
        pod.containersThat(
            container -> {
              boolean uses = false;
              for (var port : container.path("ports")) {
                if (port.path("hostPort").asInt() != 0) {
                  ports.add(port.path("hostPort").asText());
                  uses = true;
                }
              }
              return uses;
            });
    return bad.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "hostPort",
            containers(bad)
                + " "
                + Finding.uses(bad)
                + " "
                + counted("hostPort", ports)
                + " "
                + String.join(", ", ports));
  }

  static Optional<Finding> probeHosts(PodView pod, LevelVersion as) {
    if (!as.from(34)) {
      return Optional.empty();
    }
    var hosts = new TreeSet<String>();
    var bad = new TreeSet<>(pod.containersThat(container -> namesHost(container, hosts)));
    return bad.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "probe or lifecycle host",
            containers(bad)
                + " "
                + Finding.uses(bad)
                + " "
                + counted("probe or lifecycle host", hosts)
                + " "
                + quoted(hosts));
  }

  private static boolean namesHost(JsonNode container, Set<String> hosts) {
    boolean names = false;
    for (var action :
        List.of(
            container.path("livenessProbe"),
            container.path("readinessProbe"),
            container.path("startupProbe"),
            container.path("lifecycle").path("postStart"),
            container.path("lifecycle").path("preStop"))) {
      for (var way : List.of("httpGet", "tcpSocket")) {
        var host = action.path(way).path("host").asText("");
        if (!host.isEmpty()) {
          hosts.add(host);
          names = true;
        }
      }
    }
    return names;
  }

  static Optional<Finding> privileged(PodView pod, LevelVersion as) {
    var bad = pod.containersSecured(each -> each.path("privileged").asBoolean());
    return bad.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "privileged", containers(bad) + " must not set securityContext.privileged=true");
  }

  static Optional<Finding> procMount(PodView pod, LevelVersion as) {
    boolean relaxed = as.from(35) && as.level() == LevelVersion.Level.BASELINE && pod.hasOwnUsers();
    var types = new TreeSet<String>();
    var bad =
        pod.containersSecured(
            each -> {
              var type = each.path("procMount").asText("Default");
              if (type.equals("Default")) {
                return false;
              }
              types.add(type);
              return true;
            });
    return relaxed || bad.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "procMount",
            containers(bad) + " must not set securityContext.procMount to " + quoted(types));
  }

  static Optional<Finding> windowsHostProcess(PodView pod, LevelVersion as) {
    boolean own = isHostProcess(pod.securityContext());
    var setters = setters(own, pod.containersSecured(BaselineRules::isHostProcess));
    return setters.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "hostProcess",
            String.join(" and ", setters)
                + " must not set securityContext.windowsOptions.hostProcess=true");
  }

  private static boolean isHostProcess(JsonNode context) {
    return context.path("windowsOptions").path("hostProcess").asBoolean();
  }
}
