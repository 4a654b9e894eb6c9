package io.jkube.registry.coordination;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;

/** Leases: who holds something, and since when; the heartbeat of nodes and of leaders. */
public final class Leases {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("coordination.k8s.io", "v1", "Lease", "leases")
          .column("Holder", lease -> text(lease, "/spec/holderIdentity"))
          .ageColumn()
          .strategy(new LeaseStrategy())
          .build();

  private Leases() {}

  private static final class LeaseStrategy implements Strategy {
    @Override
    public void validate(ObjectNode lease, Violations violations) {
      var spec = lease.path("spec");
      var seconds = spec.path("leaseDurationSeconds");
      if (seconds.isNumber() && seconds.asInt() <= 0) {
        violations.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
      }
      new Rules(violations).notNegative(spec, "leaseTransitions", "spec");
    }

    /** Upstream's leases may be made by a PUT: so heartbeats need no second call. */
    @Override
    public boolean allowCreateOnUpdate() {
      return true;
    }
  }
}
