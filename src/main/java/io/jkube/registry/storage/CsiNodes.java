package io.jkube.registry.storage;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;

/** CSINodes: which storage drivers a node has, and what it is called by them. */
public final class CsiNodes {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("storage.k8s.io", "v1", "CSINode", "csinodes")
          .column(TableColumn.integer("Drivers", each -> each.at("/spec/drivers").size()))
          .ageColumn()
          .answersDeleted()
          .strategy(new CsiNodeStrategy())
          .build();

  private CsiNodes() {}

  private static final class CsiNodeStrategy implements Strategy {
    @Override
    public void validate(ObjectNode node, Violations violations) {
      var drivers = objects(node, "/spec/drivers");
      var rules = new Rules(violations);
      rules.unique(drivers, "name", "spec.drivers");
      for (int i = 0; i < drivers.size(); i++) {
        var at = "spec.drivers[" + i + "]";
        DriverNames.validate(text(drivers.get(i), "/name"), at + ".name", violations);
        rules.required(drivers.get(i), "nodeID", at);
      }
    }

    /** What a driver once said of the node stays, until the driver is gone. */
    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      var drivers = objects(updated, "/spec/drivers");
      for (var before : objects(current, "/spec/drivers")) {
        for (int i = 0; i < drivers.size(); i++) {
          var now = drivers.get(i);
          if (text(now, "/name").equals(text(before, "/name"))
              && !now.deepCopy()
                  .without("allocatable")
                  .equals(before.deepCopy().without("allocatable"))) {
            violations.invalid("spec.drivers[" + i + "]", now, "field is immutable");
          }
        }
      }
    }
  }
}
