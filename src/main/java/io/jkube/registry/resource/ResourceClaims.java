package io.jkube.registry.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import java.util.ArrayList;

/** ResourceClaims: devices that somebody asks for, and got. What is asked never changes. */
public final class ResourceClaims {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("resource.k8s.io", "v1", "ResourceClaim", "resourceclaims")
          .subresources("status")
          .column("State", ResourceClaims::state)
          .ageColumn()
          .answersDeleted()
          .strategy(new ResourceClaimStrategy())
          .build();

  private ResourceClaims() {}

  private static String state(ObjectNode claim) {
    var states = new ArrayList<String>();
    boolean deleted = claim.path("metadata").hasNonNull("deletionTimestamp");
    if (deleted) {
      states.add("deleted");
    }
    if (claim.at("/status/allocation").isObject()) {
      states.add("allocated");
      if (!claim.at("/status/reservedFor").isEmpty()) {
        states.add("reserved");
      }
    } else if (!deleted) {
      states.add("pending");
    }
    return String.join(",", states);
  }

  private static final class ResourceClaimStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode claim) {
      DeviceRules.applyDefaults(claim.path("spec"));
    }

    @Override
    public void validate(ObjectNode claim, Violations violations) {
      DeviceRules.claim(claim.path("spec"), "spec", violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      if (!updated.path("spec").equals(current.path("spec"))) {
        violations.invalid("spec", updated.get("spec"), "field is immutable");
      }
    }
  }
}
