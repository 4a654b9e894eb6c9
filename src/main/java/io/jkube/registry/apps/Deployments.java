package io.jkube.registry.apps;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ScalePaths;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.IntOrPercent;
import java.time.Instant;
import java.util.List;

/** Deployments: a number of equal pods, and how one set of them is replaced by the next. */
public final class Deployments {
  private static final int REVISION_HISTORY_LIMIT = 10;
  private static final int PROGRESS_DEADLINE_SECONDS = 600;
  private static final String QUARTER = "25%";

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("apps", "v1", "Deployment", "deployments")
          .shortNames("deploy")
          .categories("all")
          .subresources("status")
          .scale(ScalePaths.BUILT_IN)
          .generation()
          .column("Ready", Deployments::ready)
          .column("Up-to-date", deployment -> count(deployment, "updatedReplicas"))
          .column("Available", deployment -> count(deployment, "availableReplicas"))
          .ageColumn()
          .column(Workloads.CONTAINERS)
          .column(Workloads.IMAGES)
          .column(Workloads.SELECTOR)
          .strategy(new DeploymentStrategy())
          .build();

  private Deployments() {}

  private static String ready(ObjectNode deployment) {
    return count(deployment, "readyReplicas") + "/" + deployment.at("/spec/replicas").asInt();
  }

  private static Integer count(ObjectNode deployment, String field) {
    return deployment.path("status").path(field).asInt();
  }

  private static final class DeploymentStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode deployment) {
      var spec = child(deployment, "spec");
      putIfAbsent(spec, "replicas", 1);
      var strategy = child(spec, "strategy");
      putIfEmpty(strategy, "type", "RollingUpdate");
      if (text(strategy, "/type").equals("RollingUpdate")) {
        var rollout = child(strategy, "rollingUpdate");
        putIfEmpty(rollout, "maxUnavailable", QUARTER);
        putIfEmpty(rollout, "maxSurge", QUARTER);
      }
      putIfAbsent(spec, "revisionHistoryLimit", REVISION_HISTORY_LIMIT);
      putIfAbsent(spec, "progressDeadlineSeconds", PROGRESS_DEADLINE_SECONDS);
      PodTemplate.applyDefaults(spec.path("template"));
    }

    @Override
    public void prepareForCreate(ObjectNode deployment, Instant now) {
      deployment.putObject("status");
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForStatusUpdate(updated, current);
      Tree.restore(child(updated, "metadata"), child(current, "metadata"), "labels");
    }

    /** Annotations count too: the controller copies them to the ReplicaSets. */
    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode current) {
      return StatusStrategy.super.changesGeneration(updated, current)
          || !updated.at("/metadata/annotations").equals(current.at("/metadata/annotations"));
    }

    @Override
    public void validate(ObjectNode deployment, Violations violations) {
      var spec = deployment.path("spec");
      Workloads.notNegative(spec, "spec", List.of("replicas"), violations);
      Workloads.selector(spec, "deployment", "invalid label selector", violations)
          .ifPresent(
              selector ->
                  PodTemplate.validateKept(
                      spec.path("template"), selector, "spec.template", "ReplicaSet", violations));
      strategy(spec.path("strategy"), violations);
      var counts = List.of("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds");
      Workloads.notNegative(spec, "spec", counts, violations);
      var deadline = spec.path("progressDeadlineSeconds");
      if (deadline.isNumber() && deadline.asInt() <= spec.path("minReadySeconds").asInt()) {
        violations.invalid(
            "spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
      }
    }

    private static void strategy(JsonNode strategy, Violations violations) {
      var type = text(strategy, "/type");
      var rollout = strategy.path("rollingUpdate");
      switch (type) {
        case "Recreate" -> {
          if (rollout.isObject()) {
            violations.forbidden(
                "spec.strategy.rollingUpdate",
                "may not be specified when strategy `type` is 'Recreate'");
          }
        }
        case "RollingUpdate" -> rollout(rollout, violations);
        default ->
            violations.notSupported(
                "spec.strategy.type", type, List.of("Recreate", "RollingUpdate"));
      }
    }

    private static void rollout(JsonNode rollout, Violations violations) {
      var unavailable = rollout.path("maxUnavailable");
      var surge = rollout.path("maxSurge");
      var at = "spec.strategy.rollingUpdate.maxUnavailable";
      IntOrPercent.validate(unavailable, at, violations);
      IntOrPercent.validate(surge, "spec.strategy.rollingUpdate.maxSurge", violations);
      if (IntOrPercent.isZero(unavailable) && IntOrPercent.isZero(surge)) {
        violations.invalid(at, unavailable, "may not be 0 when `maxSurge` is 0");
      }
      IntOrPercent.notMoreThanAll(unavailable, at, violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      Workloads.selectorIsImmutable(updated, current, violations);
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      var status = updated.path("status");
      var parts = List.of("updatedReplicas", "readyReplicas", "availableReplicas");
      var others = List.of("observedGeneration", "replicas", "unavailableReplicas");
      Workloads.notNegative(status, "status", others, violations);
      Workloads.notNegative(status, "status", parts, violations);
      Workloads.notMoreThan(status, "replicas", "status.replicas", parts, violations);
      Workloads.notMoreThan(
          status, "readyReplicas", "readyReplicas", List.of("availableReplicas"), violations);
      Workloads.collisionCount(updated, current, violations);
    }
  }
}
