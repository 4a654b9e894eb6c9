package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;

/** The pods that a workload makes. */
public final class PodTemplate {
  private PodTemplate() {}

  public static void write(JsonNode template, Page page) {
    page.line(0, "Pod Template:");
    var metadata = template.path("metadata");
    var spec = template.path("spec");
    page.labels("  Labels", metadata.path("labels"));
    if (!metadata.path("annotations").isEmpty()) {
      page.annotations("  Annotations", metadata.path("annotations"));
    }
    page.optional(1, "Service Account", spec.path("serviceAccountName").asText());
    var containers = new Containers(page, Json.object());
    if (!spec.path("initContainers").isEmpty()) {
      containers.write("Init Containers", spec.path("initContainers"), Json.array(), "  ");
    }
    containers.write("Containers", spec.path("containers"), Json.array(), "  ");
    Volumes.write(spec.path("volumes"), page, "  ");
    page.optional(1, "Priority Class Name", spec.path("priorityClassName").asText());
    page.labels("  Node-Selectors", spec.path("nodeSelector"));
    page.column("  Tolerations", Tolerations.texts(spec.path("tolerations")));
  }
}
