package io.jkube.registry.autoscaling;

import static io.jkube.registry.KindRules.assertCreation;
import static io.jkube.registry.KindRules.created;
import static io.jkube.registry.KindRules.definition;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscalersTest {
  private static final String V1 = "HorizontalPodAutoscaler/v1";
  private static final String V2 = "HorizontalPodAutoscaler/v2";

  private static String spec(String text) {
    var target = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}";
    return "{metadata: {name: x}, spec: {" + text.replace("$R", target) + "}}";
  }

  @Test
  void watchesTheCpuWhenNothingElseIsSaid() {
    var second = created(V2, spec("$R, maxReplicas: 3, behavior: {}"));
    assertEquals(1, second.at("/spec/minReplicas").asInt());
    assertEquals(
        yaml(
            "{type: Resource, resource: {name: cpu, target: {type: Utilization,"
                + " averageUtilization: 80}}}"),
        second.at("/spec/metrics/0"));
    assertEquals(
        yaml(
            "{stabilizationWindowSeconds: 0, selectPolicy: Max, policies: [{type: Pods, value: 4,"
                + " periodSeconds: 15}, {type: Percent, value: 100, periodSeconds: 15}]}"),
        second.at("/spec/behavior/scaleUp"));
    var first = created(V1, spec("$R, maxReplicas: 3"));
    assertEquals(80, first.at("/spec/targetCPUUtilizationPercentage").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "$R, maxReplicas: 3#",
        "$R, maxReplicas: 0# spec.maxReplicas: Invalid value: 0: must be greater than 0;; spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
        "$R, maxReplicas: 3, minReplicas: 0# spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
        "$R, maxReplicas: 3, minReplicas: 4# spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`",
        "scaleTargetRef: {name: web}, maxReplicas: 3# spec.scaleTargetRef.kind: Required value",
      })
  void boundsInBothVersions(String spec, String expected) {
    assertCreation(V1, spec(spec), expected);
    assertCreation(V2, spec(spec), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "{type: Odd}# spec.metrics[0].type: Unsupported value: \"Odd\": supported values: \"ContainerResource\", \"External\", \"Object\", \"Pods\", \"Resource\"",
        "{type: Resource}# spec.metrics[0].resource: Required value: must populate information for the given metric source",
        "{type: Resource, resource: {name: cpu, target: {type: Utilization}}}# spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization",
        "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 0}}}# spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
        "{type: Pods, pods: {metric: {name: m}, target: {type: AverageValue}}}# spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue",
      })
  void metrics(String metric, String expected) {
    assertCreation(V2, spec("$R, maxReplicas: 3, metrics: [" + metric + "]"), expected);
  }

  @Test
  void aClientOfTheFirstVersionLosesNothing() {
    var conversion = definition(V1).conversion();
    var stored =
        yaml(
            """
            apiVersion: autoscaling/v2
            metadata: {name: x, annotations: {own: kept}}
            spec:
              maxReplicas: 3
              metrics:
              - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}
              - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
              - {type: Pods, pods: {metric: {name: m, selector: {matchLabels: {a: b}}}, target: {type: AverageValue, averageValue: "3"}}}
              - {type: Object, object: {describedObject: {kind: Service, name: s}, metric: {name: n}, target: {type: Value, value: "4"}}}
              - {type: External, external: {metric: {name: e, selector: {matchLabels: {c: d}}}, target: {type: AverageValue, averageValue: "5"}}}
              behavior: {scaleDown: {selectPolicy: Min}}
            status:
              currentReplicas: 2
              desiredReplicas: 3
              conditions: [{type: AbleToScale, status: 'True'}]
              currentMetrics:
              - {type: Resource, resource: {name: cpu, current: {averageUtilization: 12}}}
              - {type: Resource, resource: {name: memory, current: {averageValue: 2Gi}}}
            """);
    var first = conversion.toServed(stored);
    assertEquals(50, first.at("/spec/targetCPUUtilizationPercentage").asInt());
    assertEquals(12, first.at("/status/currentCPUUtilizationPercentage").asInt());
    assertFalse(first.path("spec").has("metrics"));
    assertEquals(stored, conversion.toStored(first));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "{}# cpu: <unknown>/80%",
        "{currentReplicas: 2, currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization: 12}}}]}# cpu: 12%/80%",
      })
  void rows(String status, String targets) {
    var object = created(V2, spec("$R, maxReplicas: 3"));
    object.set("status", yaml(status));
    int replicas = object.at("/status/currentReplicas").asInt();
    var expected = "x | Deployment/web | " + targets + " | 1 | 3 | " + replicas + " | null";
    assertEquals(expected, row(definition(V2), object));
    assertEquals(expected, row(definition(V1), definition(V1).conversion().toServed(object)));
  }
}
