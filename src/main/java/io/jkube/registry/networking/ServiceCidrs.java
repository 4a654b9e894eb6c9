package io.jkube.registry.networking;

import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.AddressRanges;
import io.jkube.registry.validation.Rules;

/** ServiceCIDRs: the ranges that services have their addresses of. */
public final class ServiceCidrs {
  private static final int MAX_RANGES = 2;

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("networking.k8s.io", "v1", "ServiceCIDR", "servicecidrs")
          .subresources("status")
          .column("CIDRs", each -> String.join(",", texts(each, "/spec/cidrs")))
          .ageColumn()
          .strategy(new ServiceCidrStrategy())
          .build();

  private ServiceCidrs() {}

  private static final class ServiceCidrStrategy implements StatusStrategy {
    @Override
    public void validate(ObjectNode object, Violations violations) {
      var ranges = texts(object, "/spec/cidrs");
      if (ranges.isEmpty()) {
        violations.required("spec.cidrs", "at least one CIDR required");
      }
      if (ranges.size() > MAX_RANGES) {
        violations.invalid("spec.cidrs", object.at("/spec/cidrs"), "may only hold up to 2 values");
      }
      boolean sameFamily =
          ranges.size() == MAX_RANGES && ranges.get(0).contains(":") == ranges.get(1).contains(":");
      if (sameFamily) {
        violations.invalid(
            "spec.cidrs",
            object.at("/spec/cidrs"),
            "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
                + " 2001:db8::/96");
      }
      for (int i = 0; i < ranges.size(); i++) {
        AddressRanges.validate(ranges.get(i), "spec.cidrs[" + i + "]", violations);
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations).immutable(updated.path("spec"), current.path("spec"), "cidrs", "spec");
    }
  }
}
