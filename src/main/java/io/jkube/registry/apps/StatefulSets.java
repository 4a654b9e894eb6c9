package io.jkube.registry.apps;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ScalePaths;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.IntOrPercent;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.volume.ClaimDefaults;
import java.time.Instant;
import java.util.List;

/** StatefulSets: pods with names, an order and volumes of their own. */
public final class StatefulSets {
  private static final int REVISION_HISTORY_LIMIT = 10;
  private static final List<String> RETENTION_POLICIES = List.of("Delete", "Retain");

  /** What an update may change. */
  private static final List<String> MUTABLE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("apps", "v1", "StatefulSet", "statefulsets")
          .shortNames("sts")
          .categories("all")
          .subresources("status")
          .scale(ScalePaths.BUILT_IN)
          .generation()
          .column("Ready", StatefulSets::ready)
          .ageColumn()
          .column(Workloads.CONTAINERS)
          .column(Workloads.IMAGES)
          .strategy(new StatefulSetStrategy())
          .build();

  private StatefulSets() {}

  private static String ready(ObjectNode set) {
    return set.at("/status/readyReplicas").asInt() + "/" + set.at("/spec/replicas").asInt();
  }

  private static final class StatefulSetStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode set) {
      var spec = child(set, "spec");
      putIfEmpty(spec, "podManagementPolicy", "OrderedReady");
      var strategy = child(spec, "updateStrategy");
      putIfEmpty(strategy, "type", "RollingUpdate");
      if (text(strategy, "/type").equals("RollingUpdate")) {
        putIfAbsent(child(strategy, "rollingUpdate"), "partition", 0);
      }
      var retention = child(spec, "persistentVolumeClaimRetentionPolicy");
      putIfEmpty(retention, "whenDeleted", "Retain");
      putIfEmpty(retention, "whenScaled", "Retain");
      putIfAbsent(spec, "replicas", 1);
      putIfAbsent(spec, "revisionHistoryLimit", REVISION_HISTORY_LIMIT);
      PodTemplate.applyDefaults(spec.path("template"));
      for (var claim : objects(spec, "/volumeClaimTemplates")) {
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ClaimDefaults.apply(claim);
        putIfEmpty(child(claim, "status"), "phase", "Pending");
      }
    }

    @Override
    public void prepareForCreate(ObjectNode set, Instant now) {
      set.putObject("status").put("replicas", 0).put("availableReplicas", 0);
    }

    /** The template's spec is not looked at: what is wrong with it shows in the pods. */
    @Override
    public void validate(ObjectNode set, Violations violations) {
      var spec = set.path("spec");
      policies(spec, violations);
      Workloads.notNegative(spec, "spec", List.of("replicas", "minReadySeconds"), violations);
      Workloads.notNegative(spec, "spec", List.of("revisionHistoryLimit"), violations);
      Workloads.notNegative(spec.path("ordinals"), "spec.ordinals", List.of("start"), violations);
      var template = spec.path("template");
      Workloads.selector(spec, "statefulset", "", violations)
          .ifPresent(
              selector -> {
                PodTemplate.selected(template, selector, "spec.template", violations);
                new Rules(violations)
                    .labels(template.at("/metadata/labels"), "spec.template.metadata.labels");
              });
      PodTemplate.keptRunning(template, "spec.template", "StatefulSet", violations);
    }

    private static void policies(JsonNode spec, Violations violations) {
      var management = text(spec, "/podManagementPolicy");
      if (!List.of("OrderedReady", "Parallel").contains(management)) {
        violations.invalid(
            "spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
      }
      var rules = new Rules(violations);
      var retention = spec.path("persistentVolumeClaimRetentionPolicy");
      var at = "spec.persistentVolumeClaimRetentionPolicy";
      rules.oneOf(retention, "whenDeleted", at, RETENTION_POLICIES);
      rules.oneOf(retention, "whenScaled", at, RETENTION_POLICIES);
      var strategy = spec.path("updateStrategy");
      var rollout = strategy.path("rollingUpdate");
      switch (text(strategy, "/type")) {
        case "OnDelete" -> {
          if (rollout.isObject()) {
            violations.invalid(
                "spec.updateStrategy.rollingUpdate",
                rollout,
                "only allowed for updateStrategy 'RollingUpdate'");
          }
        }
        case "RollingUpdate" -> rollout(rollout, violations);
        default ->
            violations.invalid(
                "spec.updateStrategy", strategy, "must be 'RollingUpdate' or 'OnDelete'");
      }
    }

    private static void rollout(JsonNode rollout, Violations violations) {
      var at = "spec.updateStrategy.rollingUpdate";
      Workloads.notNegative(rollout, at, List.of("partition"), violations);
      var unavailable = rollout.path("maxUnavailable");
      if (unavailable.isMissingNode()) {
        return;
      }
      IntOrPercent.validate(unavailable, at + ".maxUnavailable", violations);
      if (IntOrPercent.isZero(unavailable)) {
        violations.invalid(at + ".maxUnavailable", unavailable, "cannot be 0");
      }
      IntOrPercent.notMoreThanAll(unavailable, at + ".maxUnavailable", violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      var now = child(updated, "spec").deepCopy().remove(MUTABLE);
      var before = child(current, "spec").deepCopy().remove(MUTABLE);
      if (!now.equals(before)) {
        violations.forbidden(
            "spec",
            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                + " 'updateStrategy', 'revisionHistoryLimit',"
                + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
      }
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      var status = updated.path("status");
      var parts =
          List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");
      Workloads.notNegative(status, "status", List.of("replicas"), violations);
      Workloads.notNegative(status, "status", parts, violations);
      Workloads.notNegative(
          status, "status", List.of("observedGeneration", "collisionCount"), violations);
      Workloads.notMoreThan(status, "replicas", "status.replicas", parts, violations);
      Workloads.notMoreThan(
          status,
          "readyReplicas",
          "status.readyReplicas",
          List.of("availableReplicas"),
          violations);
    }
  }
}
