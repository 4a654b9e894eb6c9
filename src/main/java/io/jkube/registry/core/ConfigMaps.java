package io.jkube.registry.core;

import static io.jkube.registry.Tree.size;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;

/** ConfigMaps: configuration as key-value pairs. Immutable ones refuse every change of data. */
public final class ConfigMaps {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "ConfigMap", "configmaps")
          .shortNames("cm")
          .column(TableColumn.text("Data", map -> size(map, "/data") + size(map, "/binaryData")))
          .ageColumn()
          .build();

  private ConfigMaps() {}
}
