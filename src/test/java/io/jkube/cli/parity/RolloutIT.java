package io.jkube.cli.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cli.testing.CommandLines.CommandLine;
import io.jkube.cli.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * kubectl rolls workloads out, back and out again, with the rights that the controllers have on a
 * real cluster.
 */
final class RolloutIT {
  private static final String WORKLOADS =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: main, image: "example.com/app:1"}]}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        replicas: 2
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: main, image: "example.com/app:1"}]}
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: main, image: "example.com/app:1"}]}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: web}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        minReplicas: 3
        maxReplicas: 5
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
      """;

  @TempDir static Path home;

  private static TestCluster cluster;
  private static Kubectl kubectl;
  private static Path config;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(home);
    kubectl = new Kubectl(home, TestCluster.FOLDER);
    config = cluster.namespace("rollouts");
    var file = Files.writeString(home.resolve("workloads.yaml"), WORKLOADS);
    said("apply -f " + file);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "deployment, web, 'deployment \"web\" successfully rolled out'",
    "statefulset, db, 'partitioned roll out complete: 2 new pods have been updated...'",
    "daemonset, agent, 'daemon set \"agent\" successfully rolled out'"
  })
  void aWorkloadIsRolledOutAndBack(String kind, String name, String done) throws Exception {
    var workload = kind + "/" + name;
    awaitRollout(workload, done);
    said("set image " + workload + " main=example.com/app:2");
    awaitRollout(workload, done);
    assertEquals("example.com/app:2", image(workload));
    assertTrue(said("rollout history " + workload).contains("\n2 "), "two revisions");
    assertTrue(said("rollout undo " + workload).contains(name + " rolled back"));
    awaitRollout(workload, done);
    assertEquals("example.com/app:1", image(workload));
    assertTrue(said("rollout restart " + workload).contains(name + " restarted"));
    awaitRollout(workload, done);
  }

  @Test
  void anAutoscalerKeepsItsLowerBound() throws Exception {
    said("wait --for=jsonpath={.status.readyReplicas}=3 deployment/web --timeout=60s");
    said("wait --for=condition=AbleToScale hpa/web --timeout=60s");
  }

  private static void awaitRollout(String workload, String done) throws Exception {
    var said = said("rollout status " + workload + " --timeout=60s");
    assertTrue(said.contains(done), said);
  }

  private static String image(String workload) throws Exception {
    return said("get " + workload + " -o jsonpath={.spec.template.spec.containers[0].image}");
  }

  private static String said(String words) throws Exception {
    var said = kubectl.run(CommandLine.of(words), config);
    assertEquals(0, said.exitCode(), words + "\n" + said);
    return said.stdout();
  }
}
