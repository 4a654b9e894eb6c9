package io.jkube.controller.disruption;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Budgets and evictions against an API server in this process. */
@Timeout(60)
final class DisruptionTest {
  private static final GroupVersionResource BUDGETS =
      new GroupVersionResource("policy", "v1", "poddisruptionbudgets");
  private static final GroupVersionResource SETS =
      new GroupVersionResource("apps", "v1", "replicasets");
  private static final ObjectKey WEB = new ObjectKey("team", "web");

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private ControllerRunner runner;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    informers = new SharedInformers(cluster.client);
    runner = DisruptionController.runner(cluster.client, informers, cluster.clock);
    informers.start();
    runner.start();
  }

  @AfterEach
  void stop() {
    runner.close();
    informers.close();
    cluster.close();
  }

  @Test
  void evictionsSpendWhatTheBudgetAllows() throws Exception {
    pod("p0", "");
    pod("p1", "");
    budget("'minAvailable':1");
    var status = awaitAllowed(1).path("status");
    assertEquals(2, status.path("currentHealthy").asInt());
    assertEquals(2, status.path("expectedPods").asInt());
    evict("p0");
    var refused = assertThrows(ApiException.class, () -> evict("p1"));
    assertEquals(StatusReason.TOO_MANY_REQUESTS, refused.reason());
    assertEquals(
        "Cannot evict pod as it would violate the pod's disruption budget.", refused.getMessage());
    awaitAllowed(0);
    var later = assertThrows(ApiException.class, () -> evict("p1"));
    assertEquals(
        "The disruption budget web needs 1 healthy pods and has 1 currently",
        later.status().at("/details/causes/0/message").asText());
    cluster.client.patch(BUDGETS, WEB, Patch.merge(json("{'spec':{'minAvailable':0}}")));
    awaitAllowed(1);
    evict("p1");
  }

  @Test
  void aPodThatIsNotReadyGoesWhereThePolicySaysSo() throws Exception {
    pod("p0", "");
    pod("sick", "");
    ready("sick", "False");
    budget("'minAvailable':2");
    cluster.await(BUDGETS, WEB, each -> each.at("/status/expectedPods").asInt() == 2);
    assertThrows(ApiException.class, () -> evict("sick"));
    cluster.client.patch(
        BUDGETS, WEB, Patch.merge(json("{'spec':{'unhealthyPodEvictionPolicy':'AlwaysAllow'}}")));
    evict("sick");
    cluster.awaitGone(Resources.PODS, new ObjectKey("team", "sick"));
  }

  @Test
  void aPartIsAPartOfWhatTheControllersWant() throws Exception {
    var set =
        cluster.create(
            SETS,
            "{'metadata':{'namespace':'team','name':'rs'},'spec':{'replicas':4,'selector':"
                + "{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},"
                + "'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
    var owner =
        ",'ownerReferences':[{'apiVersion':'apps/v1','kind':'ReplicaSet','name':'rs','uid':'"
            + set.at("/metadata/uid").asText()
            + "','controller':true}]";
    pod("p0", owner);
    pod("p1", owner);
    pod("p2", owner);
    budget("'maxUnavailable':'50%'");
    var status = awaitAllowed(1).path("status");
    assertEquals(4, status.path("expectedPods").asInt());
    assertEquals(2, status.path("desiredHealthy").asInt());
    cluster.client.patch(
        SETS, new ObjectKey("team", "rs"), Patch.merge(json("{'spec':{'replicas':8}}")));
    var less = awaitAllowed(0);
    assertEquals(
        "InsufficientPods", Conditions.find(less, "DisruptionAllowed").path("reason").asText());
  }

  private void pod(String name, String more) {
    cluster.create(
        Resources.PODS,
        "{'metadata':{'namespace':'team','name':'"
            + name
            + "','labels':{'app':'web'}"
            + more
            + "},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    ready(name, "True");
  }

  private void ready(String name, String value) {
    cluster.client.patch(
        Resources.PODS,
        new ObjectKey("team", name),
        "status",
        Patch.strategic(
            json(
                "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'%s'}]}}"
                    .formatted(value))));
  }

  private void budget(String spec) {
    cluster.create(
        BUDGETS,
        "{'metadata':{'namespace':'team','name':'web'},'spec':{"
            + spec
            + ",'selector':{'matchLabels':{'app':'web'}}}}");
  }

  private void evict(String pod) {
    cluster.client.create(
        Resources.PODS,
        new ObjectKey("team", pod),
        "eviction",
        json("{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'" + pod + "'}}"));
  }

  private ObjectNode awaitAllowed(int allowed) throws InterruptedException {
    return cluster.await(
        BUDGETS,
        WEB,
        each ->
            each.at("/status/observedGeneration").equals(each.at("/metadata/generation"))
                && each.at("/status/disruptionsAllowed").asInt() == allowed
                && each.at("/status/disruptedPods").isMissingNode());
  }
}
