package io.jkube.registry.apps;

import static io.jkube.registry.KindRules.assertCreation;
import static io.jkube.registry.KindRules.assertUpdate;
import static io.jkube.registry.KindRules.created;
import static io.jkube.registry.KindRules.definition;
import static io.jkube.registry.Trees.found;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults, rules and rows of the kinds that keep pods of a template running. */
class WorkloadsTest {
  private static final String TEMPLATE =
      "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}";
  private static final String SPEC = "selector: {matchLabels: {a: b}}, " + TEMPLATE;

  /** {@code $S} a selector and a template that go together, {@code $T} the template alone. */
  private static String spec(String text) {
    return "{metadata: {name: x}, spec: {"
        + text.replace("$S", SPEC).replace("$T", TEMPLATE)
        + "}}";
  }

  @Test
  void aDeploymentIsGivenWhatItLeavesOut() {
    var deployment = created("Deployment", spec("$S"));
    assertEquals(1, deployment.at("/spec/replicas").asInt());
    assertEquals(
        yaml("{type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%, maxSurge: 25%}}"),
        deployment.at("/spec/strategy"));
    assertEquals(10, deployment.at("/spec/revisionHistoryLimit").asInt());
    assertEquals(600, deployment.at("/spec/progressDeadlineSeconds").asInt());
    assertEquals("Always", deployment.at("/spec/template/spec/restartPolicy").asText());
    assertFalse(deployment.at("/spec/template/spec").has("enableServiceLinks"));
  }

  @Test
  void theOtherKindsAreToo() {
    var set = created("StatefulSet", spec("$S, volumeClaimTemplates: [{metadata: {name: v}}]"));
    assertEquals("OrderedReady", set.at("/spec/podManagementPolicy").asText());
    assertEquals(
        yaml("{type: RollingUpdate, rollingUpdate: {partition: 0}}"),
        set.at("/spec/updateStrategy"));
    assertEquals(
        yaml("{whenDeleted: Retain, whenScaled: Retain}"),
        set.at("/spec/persistentVolumeClaimRetentionPolicy"));
    assertEquals("Filesystem", set.at("/spec/volumeClaimTemplates/0/spec/volumeMode").asText());
    assertEquals("Pending", set.at("/spec/volumeClaimTemplates/0/status/phase").asText());
    assertEquals(
        yaml("{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1, maxSurge: 0}}"),
        created("DaemonSet", spec("$S")).at("/spec/updateStrategy"));
    var controller = created("ReplicationController", spec("$T"));
    assertEquals(yaml("{a: b}"), controller.at("/spec/selector"));
    assertEquals(yaml("{a: b}"), controller.at("/metadata/labels"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "Deployment# $S#",
        "ReplicaSet# $S#",
        "StatefulSet# $S#",
        "DaemonSet# $S#",
        "ReplicationController# $T#",
        "Deployment# $T# spec.selector: Required value;; spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`",
        "Deployment# selector: {}, $T# spec.selector: Invalid value: {}: empty selector is invalid for deployment",
        "Deployment# selector: {matchLabels: {a: c}}, $T# spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`",
        "Deployment# $S, replicas: -1# spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "Deployment# $S, strategy: {type: Recreate, rollingUpdate: {}}# spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
        "Deployment# $S, strategy: {type: Odd}# spec.strategy.type: Unsupported value: \"Odd\": supported values: \"Recreate\", \"RollingUpdate\"",
        "Deployment# $S, strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 0%}}# spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
        "Deployment# $S, strategy: {rollingUpdate: {maxUnavailable: 101%}}# spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%",
        "Deployment# $S, strategy: {rollingUpdate: {maxSurge: much}}# spec.strategy.rollingUpdate.maxSurge: Invalid value: \"much\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
        "Deployment# $S, progressDeadlineSeconds: 5, minReadySeconds: 5# spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds",
        "Deployment# selector: {matchExpressions: [{key: a, operator: In}]}, $T# spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn';; spec.selector: Invalid value: {\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\"}]}: invalid label selector",
        "Deployment# selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, activeDeadlineSeconds: 3, containers: [{name: c, image: i}]}}# spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\";; spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported",
        "ReplicaSet# selector: {}, $T# spec.selector: Invalid value: {}: empty selector is invalid for deployment",
        "StatefulSet# $S, podManagementPolicy: Odd# spec.podManagementPolicy: Invalid value: \"Odd\": must be 'OrderedReady' or 'Parallel'",
        "StatefulSet# $S, updateStrategy: {type: Odd}# spec.updateStrategy: Invalid value: {\"type\":\"Odd\"}: must be 'RollingUpdate' or 'OnDelete'",
        "StatefulSet# $S, updateStrategy: {rollingUpdate: {partition: -1}}# spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0",
        "StatefulSet# selector: {}, $T# spec.selector: Invalid value: {}: empty selector is invalid for statefulset",
        "DaemonSet# $S, updateStrategy: {rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}# spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero",
        "DaemonSet# $S, updateStrategy: {rollingUpdate: {maxUnavailable: 0}}# spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0",
        "DaemonSet# selector: {}, $T# spec.selector: Invalid value: {}: empty selector is invalid for daemonset",
        "ReplicationController# selector: {a: c}, $T# spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`",
        "ReplicationController# replicas: 1# spec.selector: Required value;; spec.template: Required value",
      })
  void rules(String kind, String object, String expected) {
    assertCreation(kind, spec(object), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "Deployment# $S, replicas: 7#",
        "Deployment# selector: {matchLabels: {a: c}}, $T# spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"c\"}}: field is immutable",
        "ReplicaSet# selector: {matchLabels: {a: c}}, $T# spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"c\"}}: field is immutable",
        "DaemonSet# selector: {matchLabels: {a: c}}, $T# spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"c\"}}: field is immutable",
        "StatefulSet# $S, replicas: 7, minReadySeconds: 3#",
        "StatefulSet# $S, serviceName: other# spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      })
  void whatNeverChanges(String kind, String updated, String expected) {
    assertUpdate(kind, spec("$S"), spec(updated), expected);
  }

  @Test
  void theGenerationOfADeploymentRisesWithItsAnnotations() {
    var strategy = definition("Deployment").strategy();
    var before = created("Deployment", spec("$S"));
    var after = before.deepCopy();
    after.withObject("/metadata/labels").put("l", "m");
    assertFalse(strategy.changesGeneration(after, before));
    after.withObject("/metadata/annotations").put("n", "o");
    assertTrue(strategy.changesGeneration(after, before));
  }

  @Test
  void aDaemonSetCountsTheChangesOfItsTemplate() {
    var strategy = definition("DaemonSet").strategy();
    var before = created("DaemonSet", spec("$S"));
    var after = before.deepCopy();
    after.withObject("/spec/template/metadata/labels").put("c", "d");
    strategy.prepareForUpdate(after, before);
    assertEquals(
        "2",
        after
            .at("/metadata/annotations")
            .path("deprecated.daemonset.template.generation")
            .asText());
  }

  @Test
  void aStatusAddsUp() {
    var before = yaml("{status: {collisionCount: 2}}");
    var after = yaml("{status: {replicas: 1, updatedReplicas: 2, collisionCount: 1}}");
    assertEquals(
        List.of(
            "status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas",
            "status.collisionCount: Invalid value: 1: cannot be decremented"),
        found(
            found ->
                definition("Deployment").strategy().validateStatusUpdate(after, before, found)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "Deployment# {replicas: 3, readyReplicas: 2, updatedReplicas: 3, availableReplicas: 1}# x | 2/1 | 3 | 1 | null | c | i | a=b",
        "ReplicaSet# {replicas: 3, readyReplicas: 2}# x | 1 | 3 | 2 | null | c | i | a=b",
        "StatefulSet# {replicas: 3, readyReplicas: 2}# x | 2/1 | null | c | i",
        "DaemonSet# {desiredNumberScheduled: 1, currentNumberScheduled: 2, numberReady: 3, updatedNumberScheduled: 4, numberAvailable: 5}# x | 1 | 2 | 3 | 4 | 5 | <none> | null | c | i | a=b",
      })
  void rows(String kind, String status, String cells) {
    var object = created(kind, spec("$S"));
    object.set("status", yaml(status));
    assertEquals(cells, row(definition(kind), object));
  }
}
