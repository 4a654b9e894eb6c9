package io.jkube.controller.workload;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** StatefulSets against an API server in this process. */
@Timeout(60)
final class StatefulSetsTest {
  private static final GroupVersionResource SETS =
      new GroupVersionResource("apps", "v1", "statefulsets");
  private static final GroupVersionResource VOLUMES =
      new GroupVersionResource("", "v1", "persistentvolumeclaims");
  private static final ObjectKey DB = new ObjectKey("team", "db");

  private final TestCluster cluster = new TestCluster();

  /** Names of pods that do not get ready. */
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  private SharedInformers informers;
  private ControllerRunner runner;
  private TestKubelet kubelet;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    informers = new SharedInformers(cluster.client);
    runner = StatefulSetController.runner(cluster.client, informers, cluster.clock);
    informers.start();
    runner.start();
    kubelet =
        new TestKubelet(
            cluster,
            pod ->
                broken.contains(StatefulIdentity.name(pod)) || image(pod).equals("broken")
                    ? ""
                    : TestKubelet.RUNNING);
  }

  @AfterEach
  void stop() {
    kubelet.close();
    runner.close();
    informers.close();
    cluster.close();
  }

  @Test
  void podsComeInOrderWithNamesAndVolumesOfTheirOwn() throws Exception {
    broken.add("db-1");
    create(3, "");
    cluster.await(SETS, DB, set -> set.at("/status/replicas").asInt() == 2);
    assertEquals(List.of("db-0", "db-1"), podNames());
    heal("db-1");
    var done = awaitReady(3);
    assertEquals(3, done.at("/status/availableReplicas").asInt());
    var pod = pod("db-2");
    assertEquals("db-2", pod.at("/spec/hostname").asText());
    assertEquals("db", pod.at("/spec/subdomain").asText());
    assertEquals("2", pod.at("/metadata/labels").path("apps.kubernetes.io/pod-index").asText());
    assertEquals("data-db-2", claimOf(pod));
    assertEquals(
        done.at("/status/updateRevision").asText(),
        pod.at("/metadata/labels/controller-revision-hash").asText());
    assertEquals(List.of("data-db-0", "data-db-1", "data-db-2"), names(VOLUMES));
    assertEquals("db", volume("data-db-0").at("/metadata/labels/app").asText());
  }

  @Test
  void aRolloutGoesBackToAnEarlierRevision() throws Exception {
    create(2, "");
    var first = awaitReady(2).at("/status/currentRevision").asText();
    patch("{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'v2'}]}}}}");
    var second = awaitUpdated(2).at("/status/currentRevision").asText();
    assertNotEquals(first, second);
    var back = cluster.client.get(RevisionHistory.REVISIONS, new ObjectKey("team", first));
    cluster.client.patch(SETS, DB, Patch.strategic((ObjectNode) back.path("data")));
    var done = cluster.await(SETS, DB, set -> isUpdated(set, 2) && revision(set).equals(first));
    assertEquals("v1", image(pod("db-0")));
    assertEquals(first, done.at("/status/updateRevision").asText());
    var revisions = cluster.client.list(RevisionHistory.REVISIONS, "team", ListOptions.ALL).items();
    assertEquals(2, revisions.size());
    assertEquals(
        3,
        cluster
            .client
            .get(RevisionHistory.REVISIONS, new ObjectKey("team", first))
            .path("revision")
            .asInt());
  }

  @Test
  void thePartitionKeepsTheLowerPodsAsTheyAre() throws Exception {
    create(3, "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':2}},");
    awaitReady(3);
    patch("{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'v2'}]}}}}");
    cluster.await(
        SETS,
        DB,
        set ->
            set.at("/status/updatedReplicas").asInt() == 1
                && set.at("/status/readyReplicas").asInt() == 3);
    assertEquals("v2", image(pod("db-2")));
    var before = uid(pod("db-0"));
    cluster.client.resource(Resources.PODS).delete(new ObjectKey("team", "db-0"));
    cluster.await(
        Resources.PODS,
        new ObjectKey("team", "db-0"),
        pod -> !uid(pod).equals(before) && PodState.isReady(pod));
    assertEquals("v1", image(pod("db-0")));
    patch("{'spec':{'updateStrategy':{'rollingUpdate':{'partition':0}}}}");
    awaitUpdated(3);
    assertEquals("v2", image(pod("db-0")));
  }

  @Test
  void scalingDownWaitsForHealthyPodsAndKeepsVolumes() throws Exception {
    create(3, "");
    awaitReady(3);
    patch("{'spec':{'replicas':1}}");
    cluster.await(SETS, DB, set -> set.at("/status/replicas").asInt() == 1);
    assertEquals(List.of("db-0"), podNames());
    assertEquals(3, names(VOLUMES).size());
  }

  @Test
  void aBurstMakesAllAtOnceThoughNoneIsHealthy() throws Exception {
    broken.addAll(List.of("db-0", "db-1", "db-2"));
    create(3, "'podManagementPolicy':'Parallel',");
    cluster.await(SETS, DB, set -> set.at("/status/replicas").asInt() == 3);
    patch("{'spec':{'replicas':0}}");
    cluster.await(SETS, DB, set -> set.at("/status/replicas").asInt(-1) == 0);
    assertTrue(podNames().isEmpty());
  }

  @Test
  void aPodThatEndedIsMadeAnew() throws Exception {
    create(1, "");
    awaitReady(1);
    var key = new ObjectKey("team", "db-0");
    var before = uid(pod("db-0"));
    cluster.client.patch(
        Resources.PODS, key, "status", Patch.strategic(json("{'status':{'phase':'Failed'}}")));
    cluster.await(Resources.PODS, key, pod -> !uid(pod).equals(before) && PodState.isReady(pod));
  }

  @Test
  void thePolicyHandsTheVolumesToTheSetOrToThePodThatGoes() throws Exception {
    create(
        2,
        "'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Delete','whenScaled':'Delete'},");
    var set = awaitReady(2);
    assertEquals(uid(set), ControllerRef.uidOf(volume("data-db-1")));
    var last = uid(pod("db-1"));
    patch("{'spec':{'replicas':1}}");
    cluster.await(
        VOLUMES,
        new ObjectKey("team", "data-db-1"),
        claim -> ControllerRef.uidOf(claim).equals(last));
    patch(
        "{'spec':{'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Retain','whenScaled':'Retain'}}}");
    cluster.await(
        VOLUMES, new ObjectKey("team", "data-db-0"), claim -> ControllerRef.of(claim).isEmpty());
  }

  private void create(int replicas, String more) {
    cluster.create(
        SETS,
        "{'metadata':{'namespace':'team','name':'db'},'spec':{"
            + more
            + "'replicas':"
            + replicas
            + ",'serviceName':'db','selector':{'matchLabels':{'app':'db'}},"
            + "'template':{'metadata':{'labels':{'app':'db'}},'spec':{'containers':[{'name':'c','image':'v1'}]}},"
            + "'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'resources':{'requests':{'storage':'1Mi'}}}}]}}");
  }

  private void heal(String name) {
    broken.remove(name);
    cluster.client.patch(
        Resources.PODS,
        new ObjectKey("team", name),
        Patch.merge(json("{'metadata':{'annotations':{'healed':'true'}}}")));
  }

  private void patch(String text) {
    cluster.client.patch(SETS, DB, Patch.strategic(json(text)));
  }

  private ObjectNode awaitReady(int replicas) throws InterruptedException {
    return cluster.await(SETS, DB, set -> set.at("/status/readyReplicas").asInt() == replicas);
  }

  private ObjectNode awaitUpdated(int replicas) throws InterruptedException {
    return cluster.await(SETS, DB, set -> isUpdated(set, replicas));
  }

  private static boolean isUpdated(ObjectNode set, int replicas) {
    var status = set.path("status");
    return status.path("observedGeneration").equals(set.at("/metadata/generation"))
        && status.path("updatedReplicas").asInt() == replicas
        && status.path("currentRevision").equals(status.path("updateRevision"));
  }

  private static String revision(ObjectNode set) {
    return set.at("/status/currentRevision").asText();
  }

  private List<String> podNames() {
    return names(Resources.PODS);
  }

  private List<String> names(GroupVersionResource resource) {
    return cluster.client.list(resource, "team", ListOptions.ALL).items().stream()
        .map(StatefulIdentity::name)
        .sorted()
        .toList();
  }

  private ObjectNode pod(String name) {
    return cluster.client.get(Resources.PODS, new ObjectKey("team", name));
  }

  private ObjectNode volume(String name) {
    return cluster.client.get(VOLUMES, new ObjectKey("team", name));
  }

  private static String claimOf(ObjectNode pod) {
    return pod.at("/spec/volumes/0/persistentVolumeClaim/claimName").asText();
  }

  private static String image(ObjectNode pod) {
    return pod.at("/spec/containers/0/image").asText();
  }

  private static String uid(ObjectNode object) {
    return object.at("/metadata/uid").asText();
  }
}
