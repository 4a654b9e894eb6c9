package io.jkube.apiserver.admission;

import io.jkube.api.Resources;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells who writes a network policy that nothing holds pods to it on this machine.
 *
 * @param obstacle why not; empty where they are held
 */
public record UnheldNetworkPolicies(Supplier<Optional<String>> obstacle)
    implements AdmissionPlugin {
  private static final String POLICIES = Resources.NETWORK_POLICIES.groupResource();

  @Override
  public void admit(AdmissionRequest request) {
    boolean written =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    if (written && request.groupResource().equals(POLICIES)) {
      obstacle
          .get()
          .map(why -> "network policies are stored, but not enforced here: " + why)
          .filter(warning -> !request.call().warnings().contains(warning))
          .ifPresent(request.call().warnings()::add);
    }
  }
}
