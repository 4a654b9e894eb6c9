package io.jkube.registry.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.LabelColumn;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;

/** PodTemplates: templates that nobody has made pods of yet. */
public final class PodTemplates {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "PodTemplate", "podtemplates")
          .generation()
          .column("Containers", each -> PodTemplate.containers(each.path("template")))
          .column("Images", each -> PodTemplate.images(each.path("template")))
          .column("Pod Labels", each -> LabelColumn.text(each.at("/template/metadata/labels")))
          .answersDeleted()
          .strategy(new PodTemplateStrategy())
          .build();

  private PodTemplates() {}

  private static final class PodTemplateStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode holder) {
      PodTemplate.applyDefaults(holder.path("template"));
    }

    @Override
    public void validate(ObjectNode holder, Violations violations) {
      PodTemplate.validate(holder.path("template"), "template", violations);
    }
  }
}
