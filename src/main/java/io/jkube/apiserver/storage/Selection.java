package io.jkube.apiserver.storage;

import io.jkube.api.FieldSelector;
import io.jkube.api.LabelSelector;
import io.jkube.registry.ResourceDefinition;
import java.util.Map;

/**
 * Which objects of a kind a request is about.
 *
 * @param namespace empty for all
 */
public record Selection(
    ResourceDefinition definition, String namespace, LabelSelector labels, FieldSelector fields) {

  public static Selection all(ResourceDefinition definition, String namespace) {
    return new Selection(definition, namespace, LabelSelector.EVERYTHING, FieldSelector.EVERYTHING);
  }

  /** What the keys of the selected objects start with. */
  String prefix() {
    return StorageKeys.prefix(definition.resource(), namespace);
  }

  /** Whether the key alone decides. */
  boolean takesAll() {
    return labels.isEverything() && fields.isEverything();
  }

  /** Whether an object, in the form of the store, whose key has the {@link #prefix} is selected. */
  boolean takes(StoredObject object) {
    if (takesAll()) {
      return true;
    }
    var served = object.servedBy(definition.conversion());
    var metadata = served.tree().path("metadata");
    if (!labels.isEverything() && !labels.matches(metadata.path("labels"))) {
      return false;
    }
    if (fields.isEverything()) {
      return true;
    }
    Map<String, String> own = needsOwnFields() ? served.selectableFields(definition) : Map.of();
    return fields.matches(
        field ->
            switch (field) {
              case "metadata.name" -> metadata.path("name").asText();
              case "metadata.namespace" -> metadata.path("namespace").asText();
              case String other -> own.get(other);
            });
  }

  private boolean needsOwnFields() {
    return fields.fields().stream().anyMatch(field -> !field.startsWith("metadata."));
  }
}
