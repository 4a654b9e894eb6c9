package io.jkube.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * The strategy of kinds with a status subresource: the main resource does not touch {@code status},
 * the subresource touches nothing else.
 */
public interface StatusStrategy extends Strategy {
  @Override
  default void prepareForCreate(ObjectNode object, Instant now) {
    object.remove("status");
  }

  @Override
  default void prepareForUpdate(ObjectNode updated, ObjectNode current) {
    Tree.restore(updated, current, "status");
  }

  @Override
  default void prepareForStatusUpdate(ObjectNode updated, ObjectNode current) {
    Tree.restore(updated, current, "spec");
  }

  @Override
  default List<String> resetFields(String subresource) {
    return switch (subresource) {
      case "" -> List.of("/status");
      case "status" -> List.of("/spec", "/metadata/finalizers", "/metadata/ownerReferences");
      case String other -> List.of();
    };
  }
}
