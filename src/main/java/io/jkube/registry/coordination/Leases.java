package io.jkube.registry.coordination;

import static io.jkube.registry.Tree.text;

import io.jkube.registry.ResourceDefinition;

/** Leases: who holds something, and since when; the heartbeat of nodes and of leaders. */
public final class Leases {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("coordination.k8s.io", "v1", "Lease", "leases")
          .column("Holder", lease -> text(lease, "/spec/holderIdentity"))
          .ageColumn()
          .build();

  private Leases() {}
}
