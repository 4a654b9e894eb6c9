package io.jkube.registry.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;

/** DeviceClasses: kinds of devices that claims may ask for by name. */
public final class DeviceClasses {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("resource.k8s.io", "v1", "DeviceClass", "deviceclasses")
          .generation()
          .ageColumn()
          .answersDeleted()
          .strategy(new DeviceClassStrategy())
          .build();

  private DeviceClasses() {}

  private static final class DeviceClassStrategy implements Strategy {
    @Override
    public void validate(ObjectNode deviceClass, Violations violations) {
      var spec = deviceClass.path("spec");
      DeviceRules.selectors(spec, "spec", violations);
      DeviceRules.configuration(spec, "spec", violations);
    }
  }
}
