package io.jkube.registry.core;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.isEmpty;
import static io.jkube.registry.Tree.putIfAbsent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.LabelColumn;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ScalePaths;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ReplicationControllers: what ReplicaSets were before there were Deployments. */
public final class ReplicationControllers {
  private static final String REPLICAS_FIELD = "status.replicas";
  private static final List<String> PARTS =
      List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "ReplicationController", "replicationcontrollers")
          .shortNames("rc")
          .categories("all")
          .subresources("status")
          .scale(ScalePaths.BUILT_IN)
          .generation()
          .column(TableColumn.count("Desired", "/spec/replicas"))
          .column(TableColumn.count("Current", "/status/replicas"))
          .column(TableColumn.count("Ready", "/status/readyReplicas"))
          .ageColumn()
          .column(PodTemplate.containersColumn("/spec/template"))
          .column(PodTemplate.imagesColumn("/spec/template"))
          .column(TableColumn.wide("Selector", each -> LabelColumn.text(each.at("/spec/selector"))))
          .strategy(new ReplicationControllerStrategy())
          .build();

  private ReplicationControllers() {}

  private static final class ReplicationControllerStrategy implements StatusStrategy {
    /** The labels of the template stand in for labels and selector that were left out. */
    @Override
    public void applyDefaults(ObjectNode controller) {
      var spec = child(controller, "spec");
      putIfAbsent(spec, "replicas", 1);
      if (spec.at("/template/metadata/labels") instanceof ObjectNode labels && !labels.isEmpty()) {
        copyIfEmpty(labels, spec, "selector");
        copyIfEmpty(labels, child(controller, "metadata"), "labels");
      }
      PodTemplate.applyDefaults(spec.path("template"));
    }

    private static void copyIfEmpty(ObjectNode labels, ObjectNode into, String field) {
      if (isEmpty(into.path(field))) {
        into.set(field, labels.deepCopy());
      }
    }

    @Override
    public void prepareForCreate(ObjectNode controller, Instant now) {
      controller.putObject("status").put("replicas", 0);
    }

    @Override
    public void validate(ObjectNode controller, Violations violations) {
      var spec = controller.path("spec");
      var rules = new Rules(violations);
      rules.notNegative(spec, "minReadySeconds", "spec");
      if (isEmpty(spec.path("selector"))) {
        violations.required("spec.selector", "");
      }
      rules.notNegative(spec, "replicas", "spec");
      if (spec.path("template").isObject()) {
        template(spec, violations);
      } else {
        violations.required("spec.template", "");
      }
    }

    private static void template(JsonNode spec, Violations violations) {
      var template = spec.path("template");
      var labels = template.at("/metadata/labels");
      if (!isSubset(spec.path("selector"), labels)) {
        violations.invalid(
            "spec.template.metadata.labels",
            labels.isMissingNode() ? null : labels,
            "`selector` does not match template `labels`");
      }
      PodTemplate.validate(template, "spec.template", violations);
      PodTemplate.keptRunning(template, "spec.template", "ReplicationController", violations);
    }

    private static boolean isSubset(JsonNode selector, JsonNode labels) {
      return selector.properties().stream()
          .allMatch(each -> each.getValue().equals(labels.get(each.getKey())));
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      var rules = new Rules(violations);
      var status = updated.path("status");
      rules.notNegative(status, "replicas", "status");
      rules.notNegative(status, "observedGeneration", "status");
      for (var part : PARTS) {
        rules.notNegative(status, part, "status");
        if (status.path(part).asLong() > status.path("replicas").asLong()) {
          violations.invalid(
              "status." + part, status.path(part), "cannot be greater than status.replicas");
        }
      }
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode controller) {
      return Map.of(REPLICAS_FIELD, Integer.toString(controller.at("/status/replicas").asInt()));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of(REPLICAS_FIELD);
    }

    @Override
    public boolean orphansByDefault() {
      return true;
    }
  }
}
