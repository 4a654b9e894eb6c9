package io.jkube.registry.core;

import static io.jkube.registry.KindRules.assertCreation;
import static io.jkube.registry.KindRules.assertUpdate;
import static io.jkube.registry.KindRules.created;
import static io.jkube.registry.KindRules.definition;
import static io.jkube.registry.Trees.found;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes, claims, quotas and limits. */
class VolumesAndLimitsTest {
  private static final String CLAIM =
      "{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage:"
          + " 1Gi}}%s}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "PersistentVolume# {spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /a}}}#",
        "PersistentVolume# {spec: {}}# spec.accessModes: Required value;; spec.capacity: Required value;; spec.capacity: Unsupported value: {}: supported values: \"storage\";; spec: Required value: must specify a volume type",
        "PersistentVolume# {spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /a/../b}}}# spec.hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
        "PersistentVolume# {spec: {capacity: {storage: 1Gi}, accessModes: [Odd], hostPath: {path: /a}}}# spec.accessModes: Unsupported value: \"Odd\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
        "PersistentVolume# {spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /}, persistentVolumeReclaimPolicy: Recycle}}# spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'",
        "PersistentVolume# {spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], local: {path: /a}}}# spec.nodeAffinity: Required value: Local volume requires node affinity",
        "PersistentVolumeClaim# {spec: {}}# spec.accessModes: Required value: at least 1 access mode is required;; spec.resources[storage]: Required value",
        "PersistentVolumeClaim# {spec: {accessModes: [ReadWriteOncePod, ReadOnlyMany], resources: {requests: {storage: 0}}}}# spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes;; spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
        "ResourceQuota# {spec: {hard: {pods: 3, requests.cpu: 1, count/deployments.apps: 2, example.com/gpu: 1}}}#",
        "ResourceQuota# {spec: {hard: {pods: 1500m}}}# spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
        "ResourceQuota# {spec: {hard: {odd: 1}}}# spec.hard[odd]: Invalid value: \"odd\": must be a standard resource for quota",
        "ResourceQuota# {spec: {hard: {cpu: -1}}}# spec.hard[cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
        "LimitRange# {spec: {limits: [{type: Container, min: {cpu: 2}, max: {cpu: 1}, default: {cpu: 1}, defaultRequest: {cpu: 1}}]}}# spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1;; spec.limits[0].defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than default request value 1;; spec.limits[0].default[cpu]: Invalid value: \"1\": min value 2 is greater than default value 1",
        "LimitRange# {spec: {limits: [{type: Pod, default: {cpu: 1}}]}}# spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
        "LimitRange# {spec: {limits: [{type: PersistentVolumeClaim}]}}# spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided",
        "LimitRange# {spec: {limits: [{type: Pod}, {type: Pod}]}}# spec.limits[1].type: Duplicate value: \"Pod\"",
      })
  void rules(String kind, String object, String expected) {
    assertCreation(kind, object, expected);
  }

  @Test
  void aLimitFillsInTheOthers() {
    var range =
        created(
            "LimitRange",
            "{spec: {limits: [{type: Container, max: {cpu: 0.5}, min: {memory: 1Mi}}]}}");
    assertEquals(yaml("{cpu: 500m}"), range.at("/spec/limits/0/default"));
    assertEquals(yaml("{cpu: 500m, memory: 1Mi}"), range.at("/spec/limits/0/defaultRequest"));
  }

  @Test
  void whatAVolumeIsMadeOfNeverChanges() {
    var volume =
        "{spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /%s},"
            + " storageClassName: %s}}";
    assertUpdate("PersistentVolume", volume.formatted("a", "x"), volume.formatted("a", "y"), "");
    assertUpdate(
        "PersistentVolume",
        volume.formatted("a", "x"),
        volume.formatted("b", "x"),
        "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after"
            + " creation");
  }

  @Test
  void aClaimIsGivenItsVolumeOnceAndGrowsWhenItHasOne() {
    var immutable =
        "spec: Forbidden: spec is immutable after creation except resources.requests and"
            + " volumeAttributesClassName for bound claims";
    assertUpdate(
        "PersistentVolumeClaim", CLAIM.formatted(""), CLAIM.formatted(", volumeName: v"), "");
    assertUpdate(
        "PersistentVolumeClaim",
        CLAIM.formatted(", volumeName: v"),
        CLAIM.formatted(", volumeName: w"),
        immutable);
    var bound = created("PersistentVolumeClaim", CLAIM.formatted(", volumeName: v"));
    bound.withObject("/status").put("phase", "Bound");
    var grown = bound.deepCopy();
    grown.withObject("/spec/resources/requests").put("storage", "2Gi");
    var strategy = definition("PersistentVolumeClaim").strategy();
    assertEquals(List.of(), found(found -> strategy.validateUpdate(grown, bound, found)));
    assertEquals(
        List.of(
            "spec.resources.requests.storage: Forbidden: field can not be less than"
                + " status.capacity"),
        found(found -> strategy.validateUpdate(bound, grown, found)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "PersistentVolume# {metadata: {name: v}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany, ReadWriteOnce], persistentVolumeReclaimPolicy: Retain, claimRef: {namespace: n, name: c}, storageClassName: s, volumeMode: Block}, status: {phase: Bound}}# v | 1Gi | RWO,RWX | Retain | Bound | n/c | s | <unset> |  | null | Block",
        "PersistentVolumeClaim# {metadata: {name: c}, spec: {storageClassName: s}, status: {phase: Pending}}# c | Pending |  |  |  | s | <unset> | null | <unset>",
        "PersistentVolumeClaim# {metadata: {name: c, deletionTimestamp: x}, spec: {volumeName: v, volumeMode: Filesystem}, status: {phase: Bound, capacity: {storage: 2Gi}, accessModes: [ReadOnlyMany]}}# c | Terminating | v | 2Gi | ROX |  | <unset> | null | Filesystem",
        "ResourceQuota# {metadata: {name: q}, status: {hard: {pods: '3', limits.cpu: '4', configmaps: '9'}, used: {pods: '1', limits.cpu: 500m}}}# q | configmaps: 0/9, pods: 1/3 | limits.cpu: 500m/4 | null",
        "LimitRange# {metadata: {name: l, creationTimestamp: '2026-01-01T00:00:00Z'}}# l | 2026-01-01T00:00:00Z",
      })
  void rows(String kind, String object, String cells) {
    assertEquals(cells, row(definition(kind), yaml(object)));
  }
}
