package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.stream.Collectors;

/** The template of pods that other kinds hold. */
public final class PodTemplate {
  private PodTemplate() {}

  public static void applyDefaults(JsonNode template) {
    if (template.path("spec") instanceof ObjectNode spec) {
      PodDefaults.applyToSpec(spec);
    }
  }

  /**
   * @param path of the template: {@code template}, {@code spec.template}
   */
  public static void validate(JsonNode template, String path, Violations violations) {
    new Rules(violations).labels(template.at("/metadata/labels"), path + ".metadata.labels");
    PodValidation.validate(template.path("spec"), path + ".spec", violations);
  }

  /** The names of its containers, as tables show them. */
  public static String containers(JsonNode template) {
    return joined(template, "/name");
  }

  /** The images of its containers, as tables show them. */
  public static String images(JsonNode template) {
    return joined(template, "/image");
  }

  private static String joined(JsonNode template, String field) {
    return objects(template, "/spec/containers").stream()
        .map(container -> text(container, field))
        .collect(Collectors.joining(","));
  }
}
