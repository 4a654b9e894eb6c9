package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.controller.runtime.ControllerRef;
import java.util.List;
import java.util.Set;

/**
 * The sets of a Deployment as its revisions: how a new one looks, and what all say of themselves.
 */
final class ReplicaSetRevisions {
  static final String REVISION = "deployment.kubernetes.io/revision";

  /** Earlier revisions that a set was, before it became the current one again. */
  private static final String HISTORY = "deployment.kubernetes.io/revision-history";

  /** What a set does not take over from its Deployment. */
  private static final Set<String> OWN =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          REVISION,
          HISTORY,
          Rollout.DESIRED,
          Rollout.MAX,
          "deprecated.deployment.rollback.to");

  private ReplicaSetRevisions() {}

  static long revision(JsonNode object) {
    return object.path("metadata").path("annotations").path(REVISION).asLong();
  }

  static long nextAfter(List<ObjectNode> sets) {
    return sets.stream().mapToLong(ReplicaSetRevisions::revision).max().orElse(0) + 1;
  }

  /** The set of the Deployment's present template. */
  static ObjectNode create(Rollout rollout, int replicas, int collisions) {
    var deployment = rollout.deployment();
    var spec = deployment.path("spec");
    var hash = PodTemplateHash.of(spec.path("template"), collisions);
    var set = Json.object().put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
    var metadata = set.putObject("metadata");
    metadata.put("name", Rollout.name(deployment) + "-" + hash);
    metadata.put("namespace", deployment.path("metadata").path("namespace").asText());
    var template = (ObjectNode) spec.path("template").deepCopy();
    template.withObject("metadata").withObject("labels").put(PodTemplateHash.LABEL, hash);
    metadata.set("labels", template.path("metadata").path("labels").deepCopy());
    metadata
        .putArray("ownerReferences")
        .add(ControllerRef.to(DeploymentController.KIND, deployment));
    var newSpec = set.putObject("spec").put("replicas", replicas);
    if (spec.path("minReadySeconds").asInt() > 0) {
      newSpec.put("minReadySeconds", spec.path("minReadySeconds").asInt());
    }
    var selector = (ObjectNode) spec.path("selector").deepCopy();
    selector.withObject("matchLabels").put(PodTemplateHash.LABEL, hash);
    newSpec.set("selector", selector);
    newSpec.set("template", template);
    annotate(set, rollout);
    return set;
  }

  /**
   * The current set as it should say it is: its revision, its size, the Deployment's annotations.
   */
  static ObjectNode annotate(ObjectNode set, Rollout rollout) {
    var annotations = set.withObject("metadata").withObject("annotations");
    var given = rollout.deployment().path("metadata").path("annotations");
    given
        .properties()
        .forEach(
            annotation -> {
              if (!OWN.contains(annotation.getKey())) {
                annotations.set(annotation.getKey(), annotation.getValue());
              }
            });
    long before = revision(set);
    long next = nextAfter(rollout.old());
    if (before < next) {
      if (before > 0) {
        var history = annotations.path(HISTORY).asText();
        annotations.put(HISTORY, history.isEmpty() ? "" + before : history + "," + before);
      }
      annotations.put(REVISION, Long.toString(next));
    }
    annotateSize(set, rollout);
    return set;
  }

  /** For which size of the Deployment the set has the size it has. */
  static void annotateSize(ObjectNode set, Rollout rollout) {
    set.withObject("metadata")
        .withObject("annotations")
        .put(Rollout.DESIRED, Integer.toString(rollout.wanted()))
        .put(Rollout.MAX, Integer.toString(rollout.wanted() + rollout.maxSurge()));
  }
}
