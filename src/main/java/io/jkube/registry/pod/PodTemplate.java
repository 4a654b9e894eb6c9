package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSelector;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.List;
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
    EphemeralContainers.forbidInTemplate(template, path, violations);
  }

  /**
   * Adds what is wrong with the template of a kind that finds its pods by a selector and keeps them
   * running.
   *
   * @param kind in the words of upstream's messages: {@code ReplicaSet}
   */
  public static void validateKept(
      JsonNode template, LabelSelector selector, String path, String kind, Violations violations) {
    selected(template, selector, path, violations);
    validate(template, path, violations);
    keptRunning(template, path, kind, violations);
  }

  /** The selector must find the pods of the template. */
  public static void selected(
      JsonNode template, LabelSelector selector, String path, Violations violations) {
    var labels = template.at("/metadata/labels");
    if (!selector.isEverything() && !selector.matches(labels)) {
      violations.invalid(
          path + ".metadata.labels",
          labels.isMissingNode() ? null : labels,
          "`selector` does not match template `labels`");
    }
  }

  /** What is kept running starts again whenever it ends. */
  public static void keptRunning(
      JsonNode template, String path, String kind, Violations violations) {
    var policy = text(template, "/spec/restartPolicy");
    if (!policy.equals("Always")) {
      violations.notSupported(path + ".spec.restartPolicy", policy, List.of("Always"));
    }
    if (template.path("spec").has("activeDeadlineSeconds")) {
      violations.forbidden(
          path + ".spec.activeDeadlineSeconds",
          "activeDeadlineSeconds in " + kind + " is not Supported");
    }
  }

  /** The column of {@code -o wide} with the names of the containers. */
  public static TableColumn containersColumn(String template) {
    return TableColumn.wide("Containers", object -> containers(object.at(template)));
  }

  /** The column of {@code -o wide} with the images of the containers. */
  public static TableColumn imagesColumn(String template) {
    return TableColumn.wide("Images", object -> images(object.at(template)));
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
