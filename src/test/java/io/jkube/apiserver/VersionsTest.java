package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static io.jkube.apiserver.TestServer.names;
import static io.jkube.apiserver.TestServer.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.apiserver.request.Body;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same objects through two versions, or two groups. */
@Timeout(20)
final class VersionsTest {
  private static final String V1 =
      "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
  private static final String V2 =
      "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
  private static final String CORE_EVENTS = "/api/v1/namespaces/default/events";
  private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/default/events";
  private static final String EVENT =
      "{'metadata':{'name':'e'},'eventTime':'2026-01-01T00:00:00.000000Z','type':'Normal',"
          + "'reason':'Seen','action':'Look','note':'hello','reportingController':'a.b/c',"
          + "'reportingInstance':'i','regarding':{'kind':'Pod','namespace':'default','name':'p'}}";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private void autoscaler() {
    server.post(
        V1,
        "{'metadata':{'name':'h'},'spec':{'maxReplicas':3,'targetCPUUtilizationPercentage':50,"
            + "'scaleTargetRef':{'kind':'Deployment','name':'web'}}}");
  }

  @Test
  void whatOneVersionMakesTheOtherReads() {
    autoscaler();
    var second = server.get(V2 + "/h");
    assertEquals("autoscaling/v2", second.get("apiVersion").asText());
    assertEquals(50, second.at("/spec/metrics/0/resource/target/averageUtilization").asInt());
    var first = server.get(V1 + "/h");
    assertEquals("autoscaling/v1", first.get("apiVersion").asText());
    assertEquals(50, first.at("/spec/targetCPUUtilizationPercentage").asInt());
    assertEquals(TestServer.version(second), TestServer.version(first));
    assertEquals(List.of("h"), names(server.get(V1)));
    assertEquals("autoscaling/v1", server.get(V1).at("/items/0/apiVersion").asText());
    var third = first.deepCopy();
    third.withObject("/spec").put("maxReplicas", 9);
    server.put(V1 + "/h", third);
    assertEquals(9, server.get(V2 + "/h").at("/spec/maxReplicas").asInt());
    server.delete(V1 + "/h");
    assertEquals(List.of(), names(server.get(V2)));
  }

  @Test
  void anAnnotationThatCannotBeReadSaysNothing() {
    for (var metrics : List.of("[", "[1e400]")) {
      var made =
          server.post(
              V1 + "?dryRun=All",
              ("{'metadata':{'name':'h','annotations':{'autoscaling.alpha.kubernetes.io/metrics':'"
                      + metrics
                      + "'}},")
                  + "'spec':{'maxReplicas':3,'scaleTargetRef':{'kind':'Deployment','name':'web'}}}");
      assertEquals(3, made.at("/spec/maxReplicas").asInt());
    }
  }

  @Test
  void patchesAreOfTheVersionTheyAreSentTo() {
    autoscaler();
    var patched =
        server.patch(
            V1 + "/h",
            "application/merge-patch+json",
            "{'spec':{'targetCPUUtilizationPercentage':70}}");
    assertEquals(70, patched.at("/spec/targetCPUUtilizationPercentage").asInt());
    var same =
        server.patch(
            V1 + "/h",
            "application/merge-patch+json",
            "{'spec':{'targetCPUUtilizationPercentage':70}}");
    assertEquals(TestServer.version(patched), TestServer.version(same));
    var refused =
        failure(
            () ->
                server.patch(
                    V1 + "/h", "application/merge-patch+json", "{'spec':{'maxReplicas':-1}}"));
    assertTrue(
        refused
            .getMessage()
            .contains("spec.maxReplicas: Invalid value: -1: must be greater than 0"),
        refused.getMessage());
  }

  @Test
  void aWatchSeesItsOwnVersion() throws InterruptedException {
    try (var feed = server.watch(V1 + "?watch=true")) {
      autoscaler();
      var event = feed.next().getFirst();
      assertEquals("ADDED", event.type());
      assertEquals("autoscaling/v1", event.object().get("apiVersion").asText());
      assertTrue(new String(event.line()).contains("targetCPUUtilizationPercentage"));
      server.delete(V2 + "/h");
      assertEquals(List.of("DELETED h"), take(feed, 1));
    }
  }

  @Test
  void eventsAreTheSameInBothGroups() {
    server.post(EVENTS, EVENT);
    var core = server.get(CORE_EVENTS + "/e");
    assertEquals("hello", core.get("message").asText());
    assertEquals("p", core.at("/involvedObject/name").asText());
    assertEquals("a.b/c", core.get("reportingComponent").asText());
    var event = server.get(EVENTS + "/e");
    assertEquals("events.k8s.io/v1", event.get("apiVersion").asText());
    assertEquals("hello", event.get("note").asText());
    assertFalse(event.has("message"));
    assertEquals(List.of("e"), names(server.get(EVENTS + "?fieldSelector=regarding.name=p")));
    assertEquals(List.of(), names(server.get(EVENTS + "?fieldSelector=regarding.name=q")));
    assertEquals(
        List.of("e"), names(server.get(CORE_EVENTS + "?fieldSelector=involvedObject.name=p")));
  }

  @Test
  void anEventGrowsItsSeries() {
    var event = server.post(EVENTS, EVENT);
    event
        .putObject("series")
        .put("count", 2)
        .put("lastObservedTime", "2026-01-01T00:00:01.000000Z");
    server.put(EVENTS + "/e", event);
    assertEquals(2, server.get(EVENTS + "/e").at("/series/count").asInt());
    server.patch(
        EVENTS + "/e", "application/strategic-merge-patch+json", "{'series':{'count':100}}");
    assertEquals(100, server.get(CORE_EVENTS + "/e").at("/series/count").asInt());
    server.post(
        CORE_EVENTS,
        "{'metadata':{'name':'old'},'message':'a','involvedObject':{'namespace':'default'}}");
    server.patch(CORE_EVENTS + "/old", "application/strategic-merge-patch+json", "{'message':'b'}");
    assertEquals("b", server.get(CORE_EVENTS + "/old").get("message").asText());
    server.delete(CORE_EVENTS + "/old");
    server.delete(EVENTS + "/e");
    assertEquals(List.of(), names(server.get("/api/v1/events")));
  }

  @Test
  void theNewerGroupAsksMoreOfAnEvent() {
    var bare = json(EVENT);
    bare.remove(List.of("eventTime", "action"));
    bare.put("type", "Odd");
    assertEquals(
        "Event.events.k8s.io \"e\" is invalid: [eventTime: Required value, type: Invalid value:"
            + " \"\": has invalid value: Odd, action: Required value]",
        failure(() -> server.post(EVENTS, bare.toString())).getMessage());
  }

  @Test
  void tablesAreTheSame() {
    server.post(EVENTS, EVENT);
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    assertEquals(
        server.get(CORE_EVENTS).at("/rows/0/cells"), server.get(EVENTS).at("/rows/0/cells"));
  }

  @Test
  void theSelectorOfABudgetIsPatchedWhole() {
    var budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    server.post(
        budgets,
        "{'metadata':{'name':'b'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'a':'1'}}}}");
    var patched =
        server.patch(
            budgets + "/b",
            "application/strategic-merge-patch+json",
            "{'spec':{'selector':{'matchLabels':{'b':'2'}}}}");
    assertEquals(json("{'b':'2'}"), patched.at("/spec/selector/matchLabels"));
    assertEquals(1, patched.at("/spec/minAvailable").asInt());
  }

  @Test
  void aDeletionAnswersWhatUpstreamAnswers() {
    var classes = "/apis/storage.k8s.io/v1/storageclasses";
    server.post(classes, "{'metadata':{'name':'s'},'provisioner':'p'}");
    assertEquals("StorageClass", server.delete(classes + "/s").get("kind").asText());
    server.configMap("c", "x");
    assertEquals(
        "Status", server.delete("/api/v1/namespaces/default/configmaps/c").get("kind").asText());
    assertEquals(405, server.ask("DELETE", "/api/v1/namespaces", "", Body.NONE).code());
  }
}
