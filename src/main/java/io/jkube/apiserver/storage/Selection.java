package io.jkube.apiserver.storage;

import io.jkube.api.FieldSelector;
import io.jkube.api.LabelSelector;
import io.jkube.registry.ResourceDefinition;
import java.util.Optional;

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

  /** The key of the only object that can be selected; empty where there can be more. */
  Optional<String> onlyKey() {
    boolean known = !namespace.isEmpty() || !definition.namespaced();
    return known
        ? fields.exactMatch("metadata.name").map(name -> prefix() + name)
        : Optional.empty();
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
    return (labels.isEverything() || labels.matches(served.selectable(definition).labels()))
        && (fields.isEverything() || fields.matches(field -> valueOf(served, field)));
  }

  /** Name and namespace stand in the key, so that most objects need not be parsed. */
  private String valueOf(StoredObject object, String field) {
    return switch (field) {
      case "metadata.name" -> StorageKeys.name(object.key());
      case "metadata.namespace" -> StorageKeys.namespace(definition.resource(), object.key());
      case String own -> object.selectable(definition).fields().get(own);
    };
  }
}
