package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.fields.ScaleApply;
import io.jkube.registry.ResourceDefinition;

/** How objects of this kind are seen as Scales. */
public record ScaleOf(ResourceDefinition definition) implements ScaleApply.View {
  @Override
  public ResourceDefinition scale() {
    return ScaleView.TABLE;
  }

  @Override
  public String replicas() {
    return definition.scale().specReplicas();
  }

  @Override
  public ObjectNode of(ObjectNode object) {
    return ScaleView.of(definition, object);
  }

  @Override
  public ObjectNode applied(ObjectNode object, ObjectNode scale) {
    return ScaleView.applied(definition, object, scale);
  }
}
