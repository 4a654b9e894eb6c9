package io.jkube.controller;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.EventRecorder;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import io.jkube.testing.Await;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which pods a NoExecute taint ends, when, and which it leaves. */
@Timeout(30)
final class TaintEvictionTest {
  private static final ObjectKey NODE = ObjectKey.cluster("n1");
  private static final ObjectKey POD = new ObjectKey("team", "web");
  private static final String TAINT = "{'key':'k','value':'v','effect':'NoExecute'}";
  private static final String SIXTY_SECONDS =
      "{'key':'k','operator':'Exists','effect':'NoExecute','tolerationSeconds':60}";

  private final TestCluster cluster = new TestCluster();
  private final SharedInformers informers = new SharedInformers(cluster.client);
  private final EventRecorder events =
      new EventRecorder(cluster.client, cluster.clock, TaintEviction.NAME, "");
  private final TaintEviction eviction =
      new TaintEviction(cluster.client, events, informers, cluster.clock);

  @BeforeEach
  void start() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    cluster.create(Resources.NODES, "{'metadata':{'name':'n1'}}");
    informers.start();
  }

  @AfterEach
  void close() {
    events.close();
    informers.close();
    cluster.close();
  }

  @Test
  void aTaintEndsThePodsThatDoNotTolerateIt() throws InterruptedException {
    pod("web", "");
    pod("patient", "{'key':'k','operator':'Exists'}");
    cluster.create(Resources.NODES, "{'metadata':{'name':'n2'}}");
    pod("elsewhere", "n2", "");
    try (var _ = startRunner()) {
      taint(TAINT);
      var evicted = cluster.await(Resources.PODS, POD, TaintEvictionTest::isDeleting);
      var condition = Conditions.find(evicted, "DisruptionTarget");
      assertEquals("True", condition.path("status").asText());
      assertEquals("DeletionByTaintManager", condition.path("reason").asText());
      assertEquals(
          "Taint manager: deleting due to NoExecute taint", condition.path("message").asText());
      awaitEvent("Marking for deletion Pod team/web");
      pod("late", "");
      cluster.await(Resources.PODS, new ObjectKey("team", "late"), TaintEvictionTest::isDeleting);
    }
    for (var name : new String[] {"patient", "elsewhere"}) {
      assertFalse(isDeleting(cluster.client.get(Resources.PODS, new ObjectKey("team", name))));
    }
  }

  @Test
  void theShortestTolerationCountsFromWhenTheTaintWasSeen() throws InterruptedException {
    pod("web", SIXTY_SECONDS + ",{'key':'other','operator':'Exists'}");
    taint(TAINT + ",{'key':'other','effect':'NoExecute'}");
    awaitResult(Result.after(Duration.ofSeconds(60)));
    cluster.clock.pass(Duration.ofSeconds(45));
    assertEquals(Result.after(Duration.ofSeconds(15)), eviction.reconcile(POD));
    assertFalse(isDeleting(cluster.client.get(Resources.PODS, POD)));
    cluster.clock.pass(Duration.ofSeconds(15));
    eviction.reconcile(POD);
    cluster.await(Resources.PODS, POD, TaintEvictionTest::isDeleting);
  }

  @Test
  void aTaintTakenAwayInTimeSavesThePod() throws InterruptedException {
    pod("web", SIXTY_SECONDS);
    taint(TAINT);
    awaitResult(Result.after(Duration.ofSeconds(60)));
    taint("");
    awaitResult(Result.done());
    awaitEvent("Cancelling deletion of Pod team/web");
    cluster.clock.pass(Duration.ofSeconds(600));
    assertEquals(Result.done(), eviction.reconcile(POD));
    taint(TAINT);
    awaitResult(Result.after(Duration.ofSeconds(60)));
    assertFalse(isDeleting(cluster.client.get(Resources.PODS, POD)));
  }

  private ControllerRunner startRunner() {
    return TaintEviction.runner(cluster.client, informers, cluster.clock).start();
  }

  /** The informers may be a little behind. */
  private void awaitResult(Result wanted) {
    Await.until(() -> eviction.reconcile(POD).equals(wanted));
  }

  private void awaitEvent(String message) {
    Await.until(
        () ->
            cluster.client.list(Resources.EVENTS, "team", ListOptions.ALL).items().stream()
                .filter(event -> event.path("reason").asText().equals("TaintManagerEviction"))
                .anyMatch(event -> event.path("message").asText().equals(message)));
  }

  private void taint(String taints) {
    cluster.client.patch(
        Resources.NODES, NODE, Patch.merge(json("{'spec':{'taints':[" + taints + "]}}")));
  }

  private void pod(String name, String tolerations) {
    pod(name, "n1", tolerations);
  }

  private void pod(String name, String node, String tolerations) {
    cluster.create(
        Resources.PODS,
        ("{'metadata':{'namespace':'team','name':'%s'},'spec':{'nodeName':'%s','tolerations':[%s],"
                + "'containers':[{'name':'c','image':'i'}]}}")
            .formatted(name, node, tolerations));
  }

  private static boolean isDeleting(ObjectNode pod) {
    return pod.path("metadata").has("deletionTimestamp");
  }
}
