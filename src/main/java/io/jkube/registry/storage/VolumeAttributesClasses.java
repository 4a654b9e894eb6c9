package io.jkube.registry.storage;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;

/** VolumeAttributesClasses: what may be changed of a volume while it lives, in sets with names. */
public final class VolumeAttributesClasses {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "storage.k8s.io", "v1", "VolumeAttributesClass", "volumeattributesclasses")
          .shortNames("vac")
          .column("DriverName", each -> text(each, "/driverName"))
          .ageColumn()
          .answersDeleted()
          .strategy(new AttributesClassStrategy())
          .build();

  private VolumeAttributesClasses() {}

  private static final class AttributesClassStrategy implements Strategy {
    @Override
    public void validate(ObjectNode attributes, Violations violations) {
      DriverNames.validate(text(attributes, "/driverName"), "driverName", violations);
      if (attributes.path("parameters").isEmpty()) {
        violations.required("parameters", "must contain at least one key/value pair");
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      violations
          .forbidIfChanged("driverName", updated, current, "updates to driverName are forbidden.")
          .forbidIfChanged("parameters", updated, current, "updates to parameters are forbidden.");
    }
  }
}
