package io.jkube.registry.apps;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfAbsent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ScalePaths;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ReplicaSets: a number of equal pods, kept alive. */
public final class ReplicaSets {
  private static final String REPLICAS_FIELD = "status.replicas";

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("apps", "v1", "ReplicaSet", "replicasets")
          .shortNames("rs")
          .categories("all")
          .subresources("status")
          .scale(ScalePaths.BUILT_IN)
          .generation()
          .column(TableColumn.count("Desired", "/spec/replicas"))
          .column(TableColumn.count("Current", "/status/replicas"))
          .column(TableColumn.count("Ready", "/status/readyReplicas"))
          .ageColumn()
          .column(Workloads.CONTAINERS)
          .column(Workloads.IMAGES)
          .column(Workloads.SELECTOR)
          .strategy(new ReplicaSetStrategy())
          .build();

  private ReplicaSets() {}

  private static final class ReplicaSetStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode replicaSet) {
      var spec = child(replicaSet, "spec");
      putIfAbsent(spec, "replicas", 1);
      PodTemplate.applyDefaults(spec.path("template"));
    }

    @Override
    public void prepareForCreate(ObjectNode replicaSet, Instant now) {
      replicaSet.putObject("status").put("replicas", 0);
    }

    /** Upstream's words name the deployment here too. */
    @Override
    public void validate(ObjectNode replicaSet, Violations violations) {
      var spec = replicaSet.path("spec");
      Workloads.notNegative(spec, "spec", List.of("replicas", "minReadySeconds"), violations);
      Workloads.selector(spec, "deployment", "invalid label selector", violations)
          .ifPresent(
              selector ->
                  PodTemplate.validateKept(
                      spec.path("template"), selector, "spec.template", "ReplicaSet", violations));
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      Workloads.selectorIsImmutable(updated, current, violations);
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      var status = updated.path("status");
      var parts = List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas");
      Workloads.notNegative(status, "status", List.of("replicas"), violations);
      Workloads.notNegative(status, "status", parts, violations);
      Workloads.notNegative(status, "status", List.of("observedGeneration"), violations);
      Workloads.notMoreThan(status, "replicas", "status.replicas", parts, violations);
      Workloads.notMoreThan(
          status, "readyReplicas", "readyReplicas", List.of("availableReplicas"), violations);
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode replicaSet) {
      return Map.of(REPLICAS_FIELD, Integer.toString(replicaSet.at("/status/replicas").asInt()));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of(REPLICAS_FIELD);
    }
  }
}
