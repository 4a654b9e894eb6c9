package io.jkube.apiserver.admission;

import java.util.Set;

/**
 * What no webhook and no policy is asked about: a mistake in one of these must be repairable
 * ("Dynamic Admission Control" in the documentation of Kubernetes).
 */
public final class Exempt {
  private static final String GROUP = "admissionregistration.k8s.io";

  private static final Set<String> CONFIGURATION =
      Set.of(
          "mutatingwebhookconfigurations",
          "validatingwebhookconfigurations",
          "mutatingadmissionpolicies",
          "mutatingadmissionpolicybindings",
          "validatingadmissionpolicies",
          "validatingadmissionpolicybindings");

  private Exempt() {}

  public static boolean is(AdmissionRequest request) {
    var resource = request.call().resource();
    return resource.group().equals(GROUP) && CONFIGURATION.contains(resource.resource());
  }
}
