package io.jkube.registry.core;

import static io.jkube.registry.Tree.size;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.DataKeys;

/** ConfigMaps: configuration as key-value pairs. Immutable ones refuse every change of data. */
public final class ConfigMaps {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "ConfigMap", "configmaps")
          .shortNames("cm")
          .column(TableColumn.text("Data", map -> size(map, "/data") + size(map, "/binaryData")))
          .ageColumn()
          .strategy(new ConfigMapStrategy())
          .build();

  private ConfigMaps() {}

  private static final class ConfigMapStrategy implements Strategy {
    @Override
    public void validate(ObjectNode map, Violations violations) {
      var plain = map.path("data");
      var binary = map.path("binaryData");
      DataKeys.validate(plain, "data", violations);
      DataKeys.validate(binary, "binaryData", violations);
      for (var entry : plain.properties()) {
        if (binary.has(entry.getKey())) {
          violations.invalid(
              "data[" + entry.getKey() + "]",
              entry.getKey(),
              "duplicate of key present in binaryData");
        }
      }
      long bytes = DataKeys.bytes(plain, false) + DataKeys.bytes(binary, true);
      DataKeys.validateSize(bytes, "", violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      Immutability.validate(updated, current, violations, "data", "binaryData");
    }
  }
}
