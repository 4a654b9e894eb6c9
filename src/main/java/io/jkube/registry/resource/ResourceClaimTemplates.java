package io.jkube.registry.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;

/** ResourceClaimTemplates: claims that are made for each pod. They never change. */
public final class ResourceClaimTemplates {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced(
              "resource.k8s.io", "v1", "ResourceClaimTemplate", "resourceclaimtemplates")
          .ageColumn()
          .answersDeleted()
          .strategy(new TemplateStrategy())
          .build();

  private ResourceClaimTemplates() {}

  private static final class TemplateStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode template) {
      DeviceRules.applyDefaults(template.at("/spec/spec"));
    }

    @Override
    public void validate(ObjectNode template, Violations violations) {
      DeviceRules.claim(template.at("/spec/spec"), "spec.spec", violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      if (!updated.path("spec").equals(current.path("spec"))) {
        violations.invalid("spec", updated.get("spec"), "field is immutable");
      }
    }
  }
}
