package io.jkube.controller.workload;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** DaemonSets against an API server in this process. */
@Timeout(60)
final class DaemonSetsTest {
  private static final GroupVersionResource SETS =
      new GroupVersionResource("apps", "v1", "daemonsets");
  private static final ObjectKey AGENT = new ObjectKey("team", "agent");

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private ControllerRunner runner;
  private TestKubelet kubelet;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    for (var name : List.of("n1", "n2", "n3")) {
      cluster.create(Resources.NODES, "{'metadata':{'name':'" + name + "'}}");
    }
    informers = new SharedInformers(cluster.client);
    runner = DaemonSetController.runner(cluster.client, informers, cluster.clock);
    informers.start();
    runner.start();
    kubelet =
        new TestKubelet(cluster, pod -> image(pod).equals("broken") ? "" : TestKubelet.RUNNING);
  }

  @AfterEach
  void stop() {
    kubelet.close();
    runner.close();
    informers.close();
    cluster.close();
  }

  @Test
  void everyNodeGetsOneAndADeletedOneComesBack() throws Exception {
    create("");
    var done = awaitReady(3);
    assertEquals(3, done.at("/status/updatedNumberScheduled").asInt());
    assertEquals(3, done.at("/status/currentNumberScheduled").asInt());
    assertEquals(3, done.at("/status/numberAvailable").asInt());
    var first = pods().getFirst();
    cluster.client.resource(Resources.PODS).delete(Json.key(first));
    cluster.await(SETS, AGENT, set -> pods().size() == 3 && !pods().contains(first));
    cluster.create(Resources.NODES, "{'metadata':{'name':'n4'}}");
    awaitReady(4);
  }

  @Test
  void nodesComeAndGoByTheirLabels() throws Exception {
    create("'nodeSelector':{'color':'blue'},");
    cluster.await(SETS, AGENT, set -> set.at("/status/observedGeneration").asInt() == 1);
    assertTrue(pods().isEmpty());
    label("n2", "'blue'");
    awaitReady(1);
    assertEquals("n2", DaemonPods.node(pods().getFirst()));
    label("n2", "null");
    cluster.await(
        SETS,
        AGENT,
        set -> set.at("/status/desiredNumberScheduled").asInt() == 0 && pods().isEmpty());
  }

  @Test
  void aFailedPodIsReplaced() throws Exception {
    create("");
    awaitReady(3);
    var failed = pods().getFirst();
    cluster.client.patch(
        Resources.PODS,
        Json.key(failed),
        "status",
        Patch.strategic(json("{'status':{'phase':'Failed'}}")));
    cluster.awaitGone(Resources.PODS, Json.key(failed));
    awaitReady(3);
  }

  @Test
  void aRollbackLeavesAloneWhatWasNotReplacedYet() throws Exception {
    create("");
    var first = awaitReady(3);
    image("broken");
    cluster.await(SETS, AGENT, set -> set.at("/status/updatedNumberScheduled").asInt() == 1);
    var untouched =
        pods().stream()
            .filter(pod -> image(pod).equals("v1"))
            .map(pod -> pod.at("/metadata/uid").asText())
            .collect(Collectors.toSet());
    assertEquals(2, untouched.size());
    image("v1");
    cluster.await(
        SETS,
        AGENT,
        set ->
            set.at("/status/observedGeneration").asInt() == 3
                && set.at("/status/updatedNumberScheduled").asInt() == 3
                && set.at("/status/numberAvailable").asInt() == 3);
    var now =
        pods().stream().map(pod -> pod.at("/metadata/uid").asText()).collect(Collectors.toSet());
    assertTrue(now.containsAll(untouched));
    var revisions = cluster.client.list(RevisionHistory.REVISIONS, "team", ListOptions.ALL).items();
    assertEquals(
        List.of(2L, 3L), revisions.stream().map(RevisionHistory::number).sorted().toList());
    assertEquals(3, first.at("/status/desiredNumberScheduled").asInt());
  }

  @Test
  void onDeleteReplacesOnlyWhatIsDeleted() throws Exception {
    create("");
    awaitReady(3);
    patch("{'spec':{'updateStrategy':{'type':'OnDelete','rollingUpdate':null}}}");
    image("v2");
    cluster.await(
        SETS,
        AGENT,
        set ->
            set.at("/status/observedGeneration").asInt() == 3
                && set.at("/status/updatedNumberScheduled").asInt() == 0);
    cluster.client.resource(Resources.PODS).delete(Json.key(pods().getFirst()));
    cluster.await(SETS, AGENT, set -> set.at("/status/updatedNumberScheduled").asInt() == 1);
    assertEquals(1, pods().stream().filter(pod -> image(pod).equals("v2")).count());
  }

  @Test
  void aSurgeReplacesThemAll() throws Exception {
    create("");
    awaitReady(3);
    patch("{'spec':{'updateStrategy':{'rollingUpdate':{'maxSurge':1,'maxUnavailable':0}}}}");
    image("v2");
    cluster.await(
        SETS,
        AGENT,
        set ->
            set.at("/status/observedGeneration").asInt() == 3
                && set.at("/status/updatedNumberScheduled").asInt() == 3
                && set.at("/status/numberAvailable").asInt() == 3
                && pods().size() == 3);
    assertTrue(pods().stream().allMatch(pod -> image(pod).equals("v2")));
  }

  private void create(String podSpec) {
    cluster.create(
        SETS,
        "{'metadata':{'namespace':'team','name':'agent'},'spec':{"
            + "'selector':{'matchLabels':{'app':'agent'}},"
            + "'template':{'metadata':{'labels':{'app':'agent'}},'spec':{"
            + podSpec
            + "'containers':[{'name':'c','image':'v1'}]}}}}");
  }

  private void image(String image) {
    patch("{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'" + image + "'}]}}}}");
  }

  private void patch(String text) {
    cluster.client.patch(SETS, AGENT, Patch.strategic(json(text)));
  }

  private void label(String node, String color) {
    cluster.client.patch(
        Resources.NODES,
        new ObjectKey("", node),
        Patch.merge(json("{'metadata':{'labels':{'color':" + color + "}}}")));
  }

  private ObjectNode awaitReady(int count) throws InterruptedException {
    return cluster.await(
        SETS,
        AGENT,
        set ->
            set.at("/status/numberReady").asInt() == count
                && set.at("/status/desiredNumberScheduled").asInt() == count);
  }

  private List<ObjectNode> pods() {
    return cluster.client.list(Resources.PODS, "team", ListOptions.ALL).items();
  }

  private static String image(ObjectNode pod) {
    return pod.at("/spec/containers/0/image").asText();
  }
}
