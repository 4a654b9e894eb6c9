package io.jkube.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.Security;
import io.jkube.apiserver.ServerParts;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.cluster.InProcessTransport;
import io.jkube.controller.runtime.SharedInformers;
import io.jkube.controller.workload.ReplicaSetController;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import io.jkube.testing.Await;
import io.jkube.testing.InMemoryStore;
import io.jkube.trace.PodTraces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole scheduler against an API server in this process. */
@Timeout(30)
final class SchedulerTest {
  private static final BuiltinDefinitions DEFINITIONS = new BuiltinDefinitions();

  private final InMemoryStore store = new InMemoryStore();
  private final PodTraces traces = new PodTraces(InstantSource.system(), 100, 100);
  private FilterChain chain;
  private HeldBindings bindings;
  private ApiClient client;
  private Scheduler scheduler;

  @BeforeEach
  void start() {
    var catalog = BuiltinKinds.catalog(InstantSource.system());
    chain =
        FilterChain.over(
            new ServerParts(
                store,
                catalog,
                new SchemaEngine(DEFINITIONS),
                new OpenApiDocuments(catalog, DEFINITIONS, "v1.35.0"),
                Security.open(new StaticTokens(Map.of())),
                KubeletConnection.NONE,
                traces,
                InstantSource.system(),
                "0.1.0",
                Map.of()));
    bindings =
        new HeldBindings(
            new InProcessTransport(chain, UserInfo.of("system:kube-scheduler"), "scheduler"));
    client = new ApiClient(bindings);
    client.create(Resources.NAMESPACES, json("{'metadata':{'name':'default'}}"));
    client.create(
        Resources.SERVICE_ACCOUNTS, json("{'metadata':{'name':'default','namespace':'default'}}"));
    scheduler = new Scheduler(client, Clock.systemUTC(), traces).start();
  }

  @AfterEach
  void stop() {
    scheduler.close();
    chain.close();
    store.close();
  }

  @Test
  void aPodGetsTheNodeItFitsOn() throws Exception {
    node("node-1", "4");
    pod("web", "100m");
    var bound = await("web", pod -> !pod.at("/spec/nodeName").asText().isEmpty());
    assertEquals("node-1", bound.at("/spec/nodeName").asText());
    var hops = traces.of(bound.at("/metadata/uid").asText());
    assertTrue(hops.stream().anyMatch(hop -> hop.step().equals("seen")), hops.toString());
    scheduler.close();
    assertEquals("Successfully assigned default/web to node-1", event("Scheduled"));
  }

  @Test
  void aPodThatFitsNowhereSaysWhyAndWaitsForANode() throws Exception {
    node("node-1", "1");
    pod("first", "800m");
    await("first", pod -> !pod.at("/spec/nodeName").asText().isEmpty());
    pod("second", "800m");
    var refused = await("second", pod -> !pod.at("/status/conditions/0/message").isMissingNode());
    var message =
        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: "
            + "1 No preemption victims found for incoming pod.";
    var condition = refused.at("/status/conditions/0");
    assertEquals("PodScheduled", condition.path("type").asText());
    assertEquals("False", condition.path("status").asText());
    assertEquals("Unschedulable", condition.path("reason").asText());
    assertEquals(message, condition.path("message").asText());
    node("node-2", "1");
    var bound = await("second", pod -> !pod.at("/spec/nodeName").asText().isEmpty());
    assertEquals("node-2", bound.at("/spec/nodeName").asText());
    scheduler.close();
    assertEquals(message, event("FailedScheduling"));
  }

  @Test
  void aMoreImportantPodTakesTheRoomOfOthers() throws Exception {
    node("node-1", "1");
    pod("least", "300m");
    pod("filler", "600m");
    await("least", pod -> !pod.at("/spec/nodeName").asText().isEmpty());
    await("filler", pod -> !pod.at("/spec/nodeName").asText().isEmpty());
    client.create(
        new GroupVersionResource("scheduling.k8s.io", "v1", "priorityclasses"),
        json("{'metadata':{'name':'urgent'},'value':1000}"));
    pod("urgent", "500m", "'priorityClassName':'urgent'");
    var victim = await("filler", pod -> pod.path("metadata").has("deletionTimestamp"));
    var disruption = condition(victim, "DisruptionTarget");
    assertEquals("PreemptionByScheduler", disruption.path("reason").asText());
    assertEquals(
        "default-scheduler: preempting to accommodate a higher priority pod",
        disruption.path("message").asText());
    var waiting = await("urgent", pod -> pod.at("/status").has("nominatedNodeName"));
    assertEquals("node-1", waiting.at("/status/nominatedNodeName").asText());
    assertEquals(
        "0/1 nodes are available: 1 Insufficient cpu.",
        condition(waiting, "PodScheduled").path("message").asText());
    client.delete(Resources.PODS, new ObjectKey("default", "filler"), DeleteOptions.grace(0));
    var bound = await("urgent", pod -> !pod.at("/spec/nodeName").asText().isEmpty());
    assertTrue(
        client
            .get(Resources.PODS, new ObjectKey("default", "least"))
            .at("/metadata/deletionTimestamp")
            .isMissingNode());
    scheduler.close();
    assertEquals(
        "Preempted by pod " + bound.at("/metadata/uid").asText() + " on node node-1",
        event("Preempted"));
  }

  @Test
  void replacementsDoNotTakeTheRoomMadeForAMoreImportantPod() throws Exception {
    node("node-1", "1");
    var informers = new SharedInformers(client);
    try (informers;
        var controller = ReplicaSetController.ofReplicaSets(client, informers, Clock.systemUTC())) {
      informers.start();
      controller.start();
      replicaSet("low", 1, 3, "300m");
      Await.until(() -> bound("low") == 3);
      replicaSet("high", 1000, 1, "600m");
      int ended = 0;
      while (bound("high") < 1 || pods("low").size() < 3) {
        ended += endDeleted();
      }
      assertEquals(2, ended);
      assertEquals(1, bound("low"));
    }
  }

  @Test
  void aCrowdOfPodsIsBoundAFewAtATimeSoThatTheServerRefusesNone() {
    bindings.hold();
    int pods = 2 * Scheduler.MOST_BINDINGS_AT_ONCE;
    for (int i = 0; i < pods / 10 + 1; i++) {
      node("node-" + i, "4");
    }
    for (int i = 0; i < pods; i++) {
      pod("pod-" + i, "100m");
    }
    Await.until(() -> bindings.mostAtOnce() >= Scheduler.MOST_BINDINGS_AT_ONCE);
    bindings.letGo();
    for (int i = 0; i < pods; i++) {
      await("pod-" + i, pod -> !pod.at("/spec/nodeName").asText().isEmpty());
    }
    assertEquals(Scheduler.MOST_BINDINGS_AT_ONCE, bindings.mostAtOnce());
  }

  private void replicaSet(String name, int priority, int replicas, String cpu) {
    client.create(
        new GroupVersionResource("scheduling.k8s.io", "v1", "priorityclasses"),
        json("{'metadata':{'name':'" + name + "'},'value':" + priority + "}"));
    client.create(
        new GroupVersionResource("apps", "v1", "replicasets"),
        json(
            ("{'metadata':{'name':'%1$s','namespace':'default'},'spec':{'replicas':%2$d,"
                    + "'selector':{'matchLabels':{'app':'%1$s'}},'template':{'metadata':{'labels':{"
                    + "'app':'%1$s'}},'spec':{'priorityClassName':'%1$s','containers':[{'name':'c',"
                    + "'image':'i','resources':{'requests':{'cpu':'%3$s'}}}]}}}}")
                .formatted(name, replicas, cpu)));
  }

  private List<ObjectNode> pods(String app) {
    return client.list(Resources.PODS, "default", ListOptions.ALL).items().stream()
        .filter(pod -> pod.at("/metadata/labels/app").asText().equals(app))
        .toList();
  }

  private long bound(String app) {
    return pods(app).stream()
        .filter(pod -> !pod.at("/spec/nodeName").asText().isEmpty())
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .count();
  }

  /** What a kubelet does; answers how many pods it ended. */
  private int endDeleted() {
    int ended = 0;
    for (var pod : pods("low")) {
      if (pod.path("metadata").has("deletionTimestamp")) {
        client.delete(Resources.PODS, Json.key(pod), DeleteOptions.grace(0));
        ended++;
      }
    }
    return ended;
  }

  private void node(String name, String cpu) {
    client.create(
        Resources.NODES,
        json(
            "{'metadata':{'name':'"
                + name
                + "'},'status':{'allocatable':{'cpu':'"
                + cpu
                + "','memory':'4Gi','pods':'10'}}}"));
  }

  private void pod(String name, String cpu) {
    pod(name, cpu, "'restartPolicy':'Always'");
  }

  private void pod(String name, String cpu, String more) {
    client.create(
        Resources.PODS,
        json(
            "{'metadata':{'name':'"
                + name
                + "','namespace':'default'},'spec':{"
                + more
                + ",'containers':[{'name':'c','image':'i',"
                + "'resources':{'requests':{'cpu':'"
                + cpu
                + "'}}}]}}"));
  }

  private static JsonNode condition(ObjectNode pod, String type) {
    for (var condition : pod.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    throw new AssertionError("no condition " + type + " in " + pod.path("status"));
  }

  private String event(String reason) {
    var events = client.list(Resources.EVENTS, "default", ListOptions.ALL).items().stream();
    return events
        .filter(event -> event.path("reason").asText().equals(reason))
        .findFirst()
        .orElseThrow()
        .path("message")
        .asText();
  }

  private ObjectNode await(String name, Predicate<ObjectNode> wanted) {
    var key = new ObjectKey("default", name);
    var pod = client.get(Resources.PODS, key);
    while (!wanted.test(pod)) {
      Thread.onSpinWait();
      pod = client.get(Resources.PODS, key);
    }
    return pod;
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
