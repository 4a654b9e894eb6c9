package io.jkube.controller.workload;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import io.jkube.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deployments, ReplicaSets and ReplicationControllers against an API server in this process. */
@Timeout(60)
final class WorkloadsTest {
  private static final GroupVersionResource DEPLOYMENTS =
      new GroupVersionResource("apps", "v1", "deployments");
  private static final GroupVersionResource SETS =
      new GroupVersionResource("apps", "v1", "replicasets");
  private static final GroupVersionResource CONTROLLERS =
      new GroupVersionResource("", "v1", "replicationcontrollers");
  private static final ObjectKey WEB = new ObjectKey("team", "web");

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private List<ControllerRunner> runners;
  private TestKubelet kubelet;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    informers = new SharedInformers(cluster.client);
    runners =
        List.of(
            ReplicaSetController.ofReplicaSets(cluster.client, informers, cluster.clock),
            ReplicaSetController.ofReplicationControllers(cluster.client, informers, cluster.clock),
            DeploymentController.runner(cluster.client, informers, cluster.clock));
    informers.start();
    runners.forEach(ControllerRunner::start);
    kubelet =
        new TestKubelet(cluster, pod -> image(pod).equals("broken") ? "" : TestKubelet.RUNNING);
  }

  @AfterEach
  void stop() {
    kubelet.close();
    runners.forEach(ControllerRunner::close);
    informers.close();
    cluster.close();
  }

  @Test
  void aDeploymentMakesItsSetAndPodsAndSaysSo() throws Exception {
    deploy(3, "v1");
    var done = awaitComplete(3);
    assertEquals("1", revision(done));
    var set = sets().getFirst();
    var hash = set.at("/metadata/labels/pod-template-hash").asText();
    assertEquals("web-" + hash, Rollout.name(set));
    assertEquals(uid(done), ControllerRef.uidOf(set));
    assertEquals(hash, set.at("/spec/selector/matchLabels/pod-template-hash").asText());
    assertEquals("3", set.at("/metadata/annotations").path(Rollout.DESIRED).asText());
    assertEquals("4", set.at("/metadata/annotations").path(Rollout.MAX).asText());
    assertEquals(3, pods().size());
    assertEquals("True", Conditions.status(done, "Available"));
    assertEquals(
        "ReplicaSet \"web-" + hash + "\" has successfully progressed.",
        Conditions.find(done, "Progressing").path("message").asText());
  }

  @Test
  void anotherImageRollsAndBackAgain() throws Exception {
    deploy(3, "v1");
    awaitComplete(3);
    image("v2");
    awaitImage(3, "v2");
    assertEquals("2", revision(deployment()));
    image("v1");
    awaitImage(3, "v1");
    assertEquals("3", revision(deployment()));
    var set = sets().stream().filter(each -> Rollout.replicas(each) == 3).findFirst().orElseThrow();
    assertEquals(
        "1",
        set.at("/metadata/annotations").path("deployment.kubernetes.io/revision-history").asText());
    assertEquals(2, sets().size());
  }

  @Test
  void aBrokenImageStopsTheRolloutAndTimesOut() throws Exception {
    deploy(4, "v1");
    awaitComplete(4);
    image("broken");
    cluster.await(DEPLOYMENTS, WEB, web -> web.at("/status/updatedReplicas").asInt() == 2);
    assertEquals(3, pods().stream().filter(PodState::isReady).count());
    while (!Conditions.status(deployment(), "Progressing").equals("False")) {
      cluster.clock.pass(Duration.ofSeconds(700));
      touch();
    }
    var progressing = Conditions.find(deployment(), "Progressing");
    assertEquals("ProgressDeadlineExceeded", progressing.path("reason").asText());
    image("v1");
    awaitImage(4, "v1");
  }

  @Test
  void aRolloutUnderWayIsOvertakenByTheNext() throws Exception {
    deploy(3, "v1");
    awaitComplete(3);
    image("broken");
    Await.until(() -> pods().stream().anyMatch(pod -> image(pod).equals("broken")));
    image("v2");
    awaitImage(3, "v2");
    assertEquals(3, sets().size());
    assertEquals(1, sets().stream().filter(set -> Rollout.replicas(set) > 0).count());
  }

  @Test
  void recreateEndsTheOldFirst() throws Exception {
    deploy(2, "v1");
    awaitComplete(2);
    patch("{'spec':{'strategy':{'type':'Recreate','rollingUpdate':null}}}");
    image("v2");
    awaitImage(2, "v2");
    assertEquals(2, pods().size());
  }

  @Test
  void aPausedDeploymentScalesButDoesNotRoll() throws Exception {
    deploy(2, "v1");
    awaitComplete(2);
    patch("{'spec':{'paused':true}}");
    image("v2");
    patch("{'spec':{'replicas':4}}");
    cluster.await(DEPLOYMENTS, WEB, web -> web.at("/status/readyReplicas").asInt() == 4);
    assertEquals(1, sets().size());
    assertEquals(
        "DeploymentPaused", Conditions.find(deployment(), "Progressing").path("reason").asText());
    patch("{'spec':{'paused':false}}");
    awaitImage(4, "v2");
  }

  @Test
  void onlyAsManyOldSetsAreKeptAsAsked() throws Exception {
    deploy(1, "v1");
    awaitComplete(1);
    patch("{'spec':{'revisionHistoryLimit':1}}");
    for (var image : List.of("v2", "v3", "v4")) {
      image(image);
      awaitImage(1, image);
    }
    while (sets().size() > 2) {
      touch();
    }
    assertEquals(
        "3 4",
        sets().stream().map(WorkloadsTest::revision).sorted().collect(Collectors.joining(" ")));
  }

  @Test
  void aSetReplacesWhatIsDeletedAndFailed() throws Exception {
    deploy(2, "v1");
    awaitComplete(2);
    var first = pods().getFirst();
    cluster.client.resource(Resources.PODS).delete(Json.key(first));
    awaitReadyPods(2);
    var second = pods().stream().filter(pod -> !uid(pod).equals(uid(first))).findFirst();
    cluster
        .client
        .resource(Resources.PODS)
        .patchStatus(
            Json.key(second.orElseThrow()), Patch.merge(json("{'status':{'phase':'Failed'}}")));
    awaitReadyPods(2);
    assertEquals(3, pods().size(), "the failed one stays to be looked at");
  }

  private void awaitReadyPods(int count) {
    Await.until(
        () ->
            pods().stream().filter(PodState::isActive).filter(PodState::isReady).count() == count);
  }

  @Test
  void minReadySecondsDelaysAvailability() throws Exception {
    deploy(1, "v1");
    patch("{'spec':{'minReadySeconds':30}}");
    // It may have been available for a moment, before there was anything to wait for.
    cluster.await(
        DEPLOYMENTS,
        WEB,
        web ->
            web.at("/status/readyReplicas").asInt() == 1
                && Conditions.status(web, "Available").equals("False"));
    while (!Conditions.status(deployment(), "Available").equals("True")) {
      cluster.clock.pass(Duration.ofSeconds(30));
      touch();
    }
  }

  @Test
  void aReplicationControllerAdoptsAndReleases() throws Exception {
    cluster.create(
        Resources.PODS,
        "{'metadata':{'namespace':'team','name':'orphan','labels':{'app':'web'}},"
            + "'spec':{'containers':[{'name':'c','image':'v1'}]}}");
    var key = new ObjectKey("team", "rc");
    cluster.create(
        CONTROLLERS,
        "{'metadata':{'namespace':'team','name':'rc'},'spec':{'replicas':2,'selector':{'app':'web'},"
            + "'template':{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'c',"
            + "'image':'v1'}]}}}}");
    var made = cluster.await(CONTROLLERS, key, rc -> rc.at("/status/readyReplicas").asInt() == 2);
    assertTrue(pods().stream().allMatch(pod -> ControllerRef.uidOf(pod).equals(uid(made))));
    cluster.client.patch(
        Resources.PODS,
        new ObjectKey("team", "orphan"),
        Patch.merge(json("{'metadata':{'labels':{'app':'other'}}}")));
    cluster.await(
        Resources.PODS, new ObjectKey("team", "orphan"), pod -> ControllerRef.uidOf(pod).isEmpty());
    while (pods().size() != 3) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aRefusedPodIsToldInTheStatus() throws Exception {
    cluster.client.delete(
        Resources.SERVICE_ACCOUNTS, new ObjectKey("team", "default"), DeleteOptions.DEFAULT);
    deploy(2, "v1");
    var failing =
        cluster.await(
            DEPLOYMENTS, WEB, web -> Conditions.status(web, "ReplicaFailure").equals("True"));
    var failure = Conditions.find(failing, "ReplicaFailure");
    assertEquals("FailedCreate", failure.path("reason").asText());
    assertTrue(failure.path("message").asText().contains("service account"), failure::toString);
  }

  private void deploy(int replicas, String image) {
    cluster.create(
        DEPLOYMENTS,
        ("{'metadata':{'namespace':'team','name':'web'},'spec':{'replicas':%d,'selector':{"
                + "'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},"
                + "'spec':{'containers':[{'name':'c','image':'%s'}]}}}}")
            .formatted(replicas, image));
  }

  private void image(String image) {
    patch("{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'" + image + "'}]}}}}");
  }

  private void patch(String merge) {
    cluster.client.patch(DEPLOYMENTS, WEB, Patch.strategic(json(merge)));
  }

  /** Has the controllers look again, as the passing of hand-moved time wakes nobody. */
  private void touch() {
    for (var set : sets()) {
      cluster.client.patch(
          SETS,
          Json.key(set),
          Patch.merge(
              json("{'metadata':{'annotations':{'touched':'" + System.nanoTime() + "'}}}")));
    }
  }

  private ObjectNode deployment() {
    return cluster.client.get(DEPLOYMENTS, WEB);
  }

  private List<ObjectNode> sets() {
    return cluster.client.list(SETS, "team", ListOptions.ALL).items();
  }

  private List<ObjectNode> pods() {
    return cluster.client.list(Resources.PODS, "team", ListOptions.ALL).items();
  }

  private ObjectNode awaitComplete(int replicas) throws InterruptedException {
    return cluster.await(
        DEPLOYMENTS,
        WEB,
        web ->
            Conditions.find(web, "Progressing")
                    .path("reason")
                    .asText()
                    .equals("NewReplicaSetAvailable")
                && web.at("/status/availableReplicas").asInt() == replicas
                && web.at("/status/updatedReplicas").asInt() == replicas
                && web.at("/status/replicas").asInt() == replicas
                && web.at("/status/observedGeneration").equals(web.at("/metadata/generation")));
  }

  private void awaitImage(int replicas, String image) throws InterruptedException {
    awaitComplete(replicas);
    assertTrue(
        pods().stream().filter(PodState::isActive).allMatch(pod -> image(pod).equals(image)));
    assertTrue(LabelSelector.of(deployment().at("/spec/selector")).selects(pods().getFirst()));
  }

  private static String image(ObjectNode pod) {
    return pod.at("/spec/containers/0/image").asText();
  }

  private static String revision(ObjectNode object) {
    return Long.toString(ReplicaSetRevisions.revision(object));
  }

  private static String uid(ObjectNode object) {
    return object.at("/metadata/uid").asText();
  }
}
