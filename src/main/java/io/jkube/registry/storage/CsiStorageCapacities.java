package io.jkube.registry.storage;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Quantity;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.List;

/** CSIStorageCapacities: how much room a class of storage has where. */
public final class CsiStorageCapacities {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced(
              "storage.k8s.io", "v1", "CSIStorageCapacity", "csistoragecapacities")
          .column("StorageClassName", each -> text(each, "/storageClassName"))
          .column("Capacity", CsiStorageCapacities::capacity)
          .strategy(new CapacityStrategy())
          .build();

  private CsiStorageCapacities() {}

  private static String capacity(ObjectNode object) {
    var amount = text(object, "/capacity");
    return amount.isEmpty() ? "<unset>" : amount;
  }

  private static final class CapacityStrategy implements Strategy {
    @Override
    public void validate(ObjectNode object, Violations violations) {
      Selectors.validate(object.path("nodeTopology"), "nodeTopology", violations);
      var name = text(object, "/storageClassName");
      NameRule.DNS_SUBDOMAIN
          .violations(name)
          .forEach(why -> violations.invalid("storageClassName", name, why));
      for (var field : List.of("capacity", "maximumVolumeSize")) {
        var amount = object.path(field);
        if (!amount.isMissingNode() && Quantity.of(amount).signum() < 0) {
          violations.invalid(field, amount, "must be greater than or equal to 0");
        }
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      var rules = new Rules(violations);
      rules.immutable(updated, current, "nodeTopology", "");
      rules.immutable(updated, current, "storageClassName", "");
    }
  }
}
