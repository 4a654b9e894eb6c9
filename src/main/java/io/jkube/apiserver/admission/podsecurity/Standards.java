package io.jkube.apiserver.admission.podsecurity;

import java.util.List;
import java.util.Optional;

/** The rules of each level, in the order in which upstream tells of them. */
final class Standards {
  private static final List<Rule> BASELINE =
      List.of(
          BaselineRules::appArmorProfile,
          BaselineRules::capabilities,
          BaselineRules::hostNamespaces,
          BaselineRules::hostPathVolumes,
          BaselineRules::hostPorts,
          BaselineRules::probeHosts,
          BaselineRules::privileged,
          BaselineRules::procMount,
          KernelRules::seLinuxOptions,
          KernelRules::seccompProfile,
          KernelRules::sysctls,
          BaselineRules::windowsHostProcess);

  /** Stricter rules stand in place of the baseline's about the same. */
  private static final List<Rule> RESTRICTED =
      List.of(
          BaselineRules::appArmorProfile,
          BaselineRules::hostNamespaces,
          BaselineRules::hostPorts,
          BaselineRules::probeHosts,
          BaselineRules::privileged,
          KernelRules::seLinuxOptions,
          KernelRules::sysctls,
          BaselineRules::windowsHostProcess,
          RestrictedRules::privilegeEscalation,
          RestrictedRules::capabilities,
          BaselineRules::procMount,
          RestrictedRules::volumes,
          RestrictedRules::runAsNonRoot,
          RestrictedRules::runAsUser,
          RestrictedRules::seccompProfile);

  private Standards() {}

  /** What the pod breaks. */
  static List<Finding> check(PodView pod, LevelVersion as) {
    var rules =
        switch (as.level()) {
          case PRIVILEGED -> List.<Rule>of();
          case BASELINE -> BASELINE;
          case RESTRICTED -> RESTRICTED;
        };
    return rules.stream().map(rule -> rule.check(pod, as)).flatMap(Optional::stream).toList();
  }
}
