package io.jkube.controller.autoscaling;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HorizontalPodAutoscalers against an API server in this process, which serves no metrics. */
@Timeout(60)
final class AutoscalersTest {
  private static final GroupVersionResource AUTOSCALERS =
      new GroupVersionResource("autoscaling", "v2", "horizontalpodautoscalers");
  private static final GroupVersionResource DEPLOYMENTS =
      new GroupVersionResource("apps", "v1", "deployments");
  private static final ObjectKey WEB = new ObjectKey("team", "web");

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private ControllerRunner runner;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    informers = new SharedInformers(cluster.client);
    runner = AutoscalerController.runner(cluster.client, informers, cluster.clock);
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
  void theBoundsHoldWithoutMetricsAndTheConditionsSayWhatIsMissing() throws Exception {
    deploy(9);
    autoscale("'minReplicas':2,'maxReplicas':5");
    cluster.await(DEPLOYMENTS, WEB, web -> web.at("/spec/replicas").asInt() == 5);
    cluster.client.patch(AUTOSCALERS, WEB, Patch.merge(json("{'spec':{'maxReplicas':8}}")));
    var told =
        cluster.await(
            AUTOSCALERS, WEB, each -> Conditions.status(each, "ScalingActive").equals("False"));
    var active = Conditions.find(told, "ScalingActive");
    assertEquals("FailedGetResourceMetric", active.path("reason").asText());
    assertTrue(
        active
            .path("message")
            .asText()
            .contains("unable to fetch metrics from resource metrics API"),
        active.path("message").asText());
    assertEquals("True", Conditions.status(told, "AbleToScale"));
    assertEquals(5, told.at("/status/desiredReplicas").asInt());
  }

  @Test
  void aMissingTargetIsTold() throws Exception {
    autoscale("'maxReplicas':5");
    var told =
        cluster.await(
            AUTOSCALERS, WEB, each -> Conditions.status(each, "AbleToScale").equals("False"));
    assertEquals(
        "the HPA controller was unable to get the target's current scale: deployments.apps \"web\""
            + " not found",
        Conditions.find(told, "AbleToScale").path("message").asText());
  }

  private void deploy(int replicas) {
    cluster.create(
        DEPLOYMENTS,
        "{'metadata':{'namespace':'team','name':'web'},'spec':{'replicas':"
            + replicas
            + ",'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':"
            + "{'app':'web'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
  }

  private void autoscale(String spec) {
    cluster.create(
        AUTOSCALERS,
        "{'metadata':{'namespace':'team','name':'web'},'spec':{'scaleTargetRef':"
            + "{'apiVersion':'apps/v1','kind':'Deployment','name':'web'},"
            + spec
            + "}}");
  }
}
