package io.jkube.registry.apps;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.LabelColumn;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.IntOrPercent;
import io.jkube.registry.validation.Selectors;
import java.time.Instant;
import java.util.List;

/** DaemonSets: one pod on every node that fits. */
public final class DaemonSets {
  private static final int REVISION_HISTORY_LIMIT = 10;

  /** How often the template changed; controllers of old clients look at it. */
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

  private static final List<String> COUNTS =
      List.of(
          "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("apps", "v1", "DaemonSet", "daemonsets")
          .shortNames("ds")
          .categories("all")
          .subresources("status")
          .generation()
          .column(TableColumn.count("Desired", "/status/desiredNumberScheduled"))
          .column(TableColumn.count("Current", "/status/currentNumberScheduled"))
          .column(TableColumn.count("Ready", "/status/numberReady"))
          .column(TableColumn.count("Up-to-date", "/status/updatedNumberScheduled"))
          .column(TableColumn.count("Available", "/status/numberAvailable"))
          .column("Node Selector", DaemonSets::nodeSelector)
          .ageColumn()
          .column(Workloads.CONTAINERS)
          .column(Workloads.IMAGES)
          .column(Workloads.SELECTOR)
          .strategy(new DaemonSetStrategy())
          .build();

  private DaemonSets() {}

  private static String nodeSelector(ObjectNode set) {
    return LabelColumn.text(set.at("/spec/template/spec/nodeSelector"));
  }

  private static final class DaemonSetStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode set) {
      var spec = child(set, "spec");
      var strategy = child(spec, "updateStrategy");
      putIfEmpty(strategy, "type", "RollingUpdate");
      if (text(strategy, "/type").equals("RollingUpdate")) {
        var rollout = child(strategy, "rollingUpdate");
        putIfAbsent(rollout, "maxUnavailable", 1);
        putIfAbsent(rollout, "maxSurge", 0);
      }
      putIfAbsent(spec, "revisionHistoryLimit", REVISION_HISTORY_LIMIT);
      PodTemplate.applyDefaults(spec.path("template"));
    }

    @Override
    public void prepareForCreate(ObjectNode set, Instant now) {
      var status = set.putObject("status");
      COUNTS.forEach(count -> status.put(count, 0));
      setTemplateGeneration(set, 1);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForUpdate(updated, current);
      long before = current.at("/metadata/annotations").path(TEMPLATE_GENERATION).asLong();
      boolean changed = !updated.at("/spec/template").equals(current.at("/spec/template"));
      setTemplateGeneration(updated, changed ? before + 1 : before);
    }

    private static void setTemplateGeneration(ObjectNode set, long generation) {
      child(child(set, "metadata"), "annotations")
          .put(TEMPLATE_GENERATION, Long.toString(generation));
    }

    @Override
    public void validate(ObjectNode set, Violations violations) {
      var spec = set.path("spec");
      var selector = spec.path("selector");
      var template = spec.path("template");
      Selectors.validate(selector, "spec.selector", violations);
      Selectors.parsed(selector)
          .ifPresent(parsed -> PodTemplate.selected(template, parsed, "spec.template", violations));
      if (selector.isObject() && Selectors.isEmpty(selector)) {
        violations.invalid("spec.selector", selector, "empty selector is invalid for daemonset");
      }
      PodTemplate.validate(template, "spec.template", violations);
      PodTemplate.keptRunning(template, "spec.template", "DaemonSet", violations);
      Workloads.notNegative(
          spec, "spec", List.of("minReadySeconds", "revisionHistoryLimit"), violations);
      strategy(spec.path("updateStrategy"), violations);
    }

    private static void strategy(JsonNode strategy, Violations violations) {
      var at = "spec.updateStrategy";
      switch (text(strategy, "/type")) {
        case "OnDelete" -> {}
        case "RollingUpdate" ->
            rollout(strategy.path("rollingUpdate"), at + ".rollingUpdate", violations);
        case String other ->
            violations.notSupported(at + ".type", other, List.of("OnDelete", "RollingUpdate"));
      }
    }

    private static void rollout(JsonNode rollout, String at, Violations violations) {
      var unavailable = rollout.path("maxUnavailable");
      var surge = rollout.path("maxSurge");
      IntOrPercent.validate(unavailable, at + ".maxUnavailable", violations);
      IntOrPercent.validate(surge, at + ".maxSurge", violations);
      IntOrPercent.notMoreThanAll(unavailable, at + ".maxUnavailable", violations);
      IntOrPercent.notMoreThanAll(surge, at + ".maxSurge", violations);
      boolean hasUnavailable = !IntOrPercent.isZero(unavailable);
      boolean hasSurge = !IntOrPercent.isZero(surge);
      if (hasUnavailable && hasSurge) {
        violations.invalid(
            at + ".maxSurge", surge, "may not be set when maxUnavailable is non-zero");
      } else if (!hasUnavailable && !hasSurge) {
        violations.required(at + ".maxUnavailable", "cannot be 0 when maxSurge is 0");
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      Workloads.selectorIsImmutable(updated, current, violations);
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      var status = updated.path("status");
      Workloads.notNegative(status, "status", COUNTS, violations);
      Workloads.notNegative(
          status,
          "status",
          List.of(
              "observedGeneration",
              "updatedNumberScheduled",
              "numberAvailable",
              "numberUnavailable"),
          violations);
    }
  }
}
