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

/** What a hardened pod does beside the baseline. */
final class RestrictedRules {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private RestrictedRules() {}

  private static boolean isExempt(PodView pod, LevelVersion as) {
    return as.from(25) && pod.isWindows();
  }

  static Optional<Finding> privilegeEscalation(PodView pod, LevelVersion as) {
    var bad = pod.containersSecured(each -> each.path("allowPrivilegeEscalation").asBoolean(true));
    return !as.from(8) || isExempt(pod, as) || bad.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "allowPrivilegeEscalation != false",
            containers(bad) + " must set securityContext.allowPrivilegeEscalation=false");
  }

  /** Stands for the baseline's before it came. */
  static Optional<Finding> capabilities(PodView pod, LevelVersion as) {
    if (!as.from(22)) {
      return BaselineRules.capabilities(pod, as);
    }
    var added = new TreeSet<String>();
    var keeping = pod.containersSecured(each -> !dropsAll(each));
    var adding =
        pod.containersSecured(
            each -> BaselineRules.addsOther(each, Set.of("NET_BIND_SERVICE"), added));
    var details = new ArrayList<String>();
    if (!keeping.isEmpty()) {
      details.add(containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    if (!adding.isEmpty()) {
      details.add(
          containers(adding)
              + " must not include "
              + quoted(added)
              + " in securityContext.capabilities.add");
    }
    return isExempt(pod, as) || details.isEmpty()
        ? Optional.empty()
        : Rule.found("unrestricted capabilities", String.join("; ", details));
  }

  private static boolean dropsAll(JsonNode context) {
    for (var capability : context.path("capabilities").path("drop")) {
      if (capability.asText().equals("ALL")) {
        return true;
      }
    }
    return false;
  }

  static Optional<Finding> volumes(PodView pod, LevelVersion as) {
    var names = new ArrayList<String>();
    var types = new TreeSet<String>();
    for (var volume : pod.spec().path("volumes")) {
      var sources = new TreeSet<String>();
      volume.fieldNames().forEachRemaining(sources::add);
      sources.remove("name");
      if (sources.stream().noneMatch(VOLUMES::contains)) {
        names.add(volume.path("name").asText());
        types.add(sources.isEmpty() ? "unknown" : sources.first());
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "restricted volume types",
            counted("volume", names)
                + " "
                + quoted(names)
                + " "
                + Finding.uses(names)
                + " "
                + counted("restricted volume type", types)
                + " "
                + quoted(types));
  }

  static Optional<Finding> runAsNonRoot(PodView pod, LevelVersion as) {
    if (as.from(35) && pod.hasOwnUsers()) {
      return Optional.empty();
    }
    var field = "runAsNonRoot";
    var own = said(pod.securityContext(), field);
    boolean refuses = !own.isMissingNode() && !own.asBoolean();
    var setters = setters(refuses, pod.containersSecured(each -> isFalse(said(each, field))));
    if (!setters.isEmpty()) {
      return Rule.found(
          "runAsNonRoot != true",
          String.join(" and ", setters) + " must not set securityContext.runAsNonRoot=false");
    }
    var silent = pod.containersSecured(each -> said(each, field).isMissingNode());
    return own.asBoolean() || silent.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "runAsNonRoot != true",
            "pod or " + containers(silent) + " must set securityContext.runAsNonRoot=true");
  }

  private static boolean isFalse(JsonNode said) {
    return !said.isMissingNode() && !said.asBoolean();
  }

  static Optional<Finding> runAsUser(PodView pod, LevelVersion as) {
    if (!as.from(23) || as.from(35) && pod.hasOwnUsers()) {
      return Optional.empty();
    }
    var setters =
        setters(isRoot(pod.securityContext()), pod.containersSecured(RestrictedRules::isRoot));
    return setters.isEmpty()
        ? Optional.empty()
        : Rule.found("runAsUser=0", String.join(" and ", setters) + " must not set runAsUser=0");
  }

  private static boolean isRoot(JsonNode context) {
    return context.path("runAsUser").asLong(-1) == 0;
  }

  /** Stands for the baseline's before it came. */
  static Optional<Finding> seccompProfile(PodView pod, LevelVersion as) {
    if (!as.from(19)) {
      return KernelRules.seccompProfile(pod, as);
    }
    if (isExempt(pod, as)) {
      return Optional.empty();
    }
    var forbidden = KernelRules.seccompProfile(pod, as);
    if (forbidden.isPresent() || pod.securityContext().hasNonNull("seccompProfile")) {
      return forbidden;
    }
    List<String> silent = pod.containersSecured(each -> !each.hasNonNull("seccompProfile"));
    return silent.isEmpty()
        ? Optional.empty()
        : Rule.found(
            "seccompProfile",
            "pod or "
                + containers(silent)
                + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                + " \"Localhost\"");
  }
}
