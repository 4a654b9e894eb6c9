package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.fairness.BootstrapFlows;
import io.jkube.apiserver.fairness.Flow;
import io.jkube.apiserver.fairness.FlowControl;
import io.jkube.apiserver.fairness.Seat;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.WatchCaches;
import io.jkube.registry.Conversion;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where requests are put, and what becomes of those that are too many. */
@Timeout(30)
final class FlowControlTest {
  private static final String GROUP = "/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final int SEATS = 245;

  private final TestServer server = new TestServer();
  private final WatchCaches caches = new WatchCaches(server.store);
  private final ObjectStore objects = new ObjectStore(server.store, caches, any -> Conversion.NONE);
  private final FlowControl fairness = fairness();
  private final Map<String, String> names = new HashMap<>();

  private FlowControl fairness() {
    return new FlowControl(
        objects.settled(BootstrapFlows.SCHEMAS),
        objects.settled(BootstrapFlows.LEVELS),
        SEATS,
        Duration.ofMillis(1));
  }

  @BeforeEach
  void seed() {
    for (var level : BootstrapFlows.levels()) {
      create("prioritylevelconfigurations", level);
    }
    for (var schema : BootstrapFlows.schemas()) {
      create("flowschemas", schema);
    }
  }

  private void create(String resource, com.fasterxml.jackson.databind.node.ObjectNode object) {
    var reply = server.ask("POST", GROUP + resource, "application/json", new Body.Tree(object));
    var made = TestServer.tree(reply);
    assertEquals(object.path("spec"), made.path("spec"), "nothing is left to default");
    names.put(made.at("/metadata/uid").asText(), made.at("/metadata/name").asText());
  }

  @AfterEach
  void close() {
    caches.close();
    server.close();
  }

  private static RequestInfo info(String verb, String group, String resource, String namespace) {
    return new RequestInfo(
        true, "/", verb, new GroupVersionResource(group, "v1", resource), namespace, "", "");
  }

  private Seat admit(String user, String group, RequestInfo info, Flow[] flow) {
    objects.notBefore(BootstrapFlows.LEVELS, ObjectKey.cluster("x"), server.store.revision());
    return fairness.admit(UserInfo.of(user, group), info, put -> flow[0] = put);
  }

  @ParameterizedTest
  @CsvSource({
    "root, system:masters, get, '', secrets, default, exempt, exempt",
    "jane, devs, get, '', pods, default, global-default, global-default",
    "system:node:a, system:nodes, update, '', nodes, '', system-node-high, node-high",
    "system:node:a, system:nodes, update, coordination.k8s.io, leases, kube-node-lease,"
        + " system-node-high, node-high",
    "system:node:a, system:nodes, get, '', pods, default, system-nodes, system",
    "system:kube-scheduler, x, update, coordination.k8s.io, leases, kube-system,"
        + " system-leader-election, leader-election",
    "system:kube-scheduler, x, update, '', pods, default, kube-scheduler, workload-high",
    "system:serviceaccount:kube-system:job-controller, system:serviceaccounts, get, '', pods, default,"
        + " kube-system-service-accounts, workload-high",
    "system:serviceaccount:kube-systematic:x, system:serviceaccounts, get, '', pods, default,"
        + " service-accounts, workload-low",
    "system:serviceaccount:kube-system:endpoint-controller, system:serviceaccounts, update, '',"
        + " endpoints, default, endpoint-controller, workload-high",
  })
  void requestsAreToldApartAsUpstreamDoes(
      String user,
      String group,
      String verb,
      String apiGroup,
      String resource,
      String namespace,
      String schema,
      String level) {
    var flow = new Flow[1];
    admit(user, group, info(verb, apiGroup, resource, namespace), flow).close();
    assertEquals(schema, names.get(flow[0].schemaUid()));
    assertEquals(level, names.get(flow[0].levelUid()));
  }

  @Test
  void aNoisyClientStarvesNobodyAtAnotherLevel() {
    var flow = new Flow[1];
    var pods = info("list", "", "pods", "default");
    for (int i = 0; i < 20; i++) { // global-default: 20 of 245 shares of 245 seats
      admit("noisy", "devs", pods, flow);
    }
    var refused = assertThrows(ApiException.class, () -> admit("noisy", "devs", pods, flow));
    assertEquals(429, refused.code());
    assertEquals(1, refused.status().at("/details/retryAfterSeconds").asInt());
    admit("root", "system:masters", pods, flow).close();
    admit("system:node:a", "system:nodes", pods, flow).close();
    admit("system:serviceaccount:default:app", "system:serviceaccounts", pods, flow).close();
    assertTrue(
        fairness.figures().counted().stream()
            .anyMatch(
                count ->
                    count.reason().equals("time-out")
                        && count.schema().equals("global-default")
                        && count.count() == 1));
  }

  @Test
  void whatPeopleConfigureHoldsForTheNextRequest() {
    server.post(
        GROUP + "prioritylevelconfigurations",
        "{'metadata':{'name':'tiny'},'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':1,"
            + "'limitResponse':{'type':'Reject'}}}}");
    var schema =
        server.post(
            GROUP + "flowschemas",
            "{'metadata':{'name':'jane'},'spec':{'matchingPrecedence':50,'priorityLevelConfiguration':"
                + "{'name':'tiny'},'rules':[{'subjects':[{'kind':'User','user':{'name':'jane'}}],"
                + "'resourceRules':[{'verbs':['list'],'apiGroups':[''],'resources':['pods'],"
                + "'namespaces':['default']}]}]}}");
    var flow = new Flow[1];
    var pods = info("list", "", "pods", "default");
    var seat = admit("jane", "devs", pods, flow);
    assertEquals(schema.at("/metadata/uid").asText(), flow[0].schemaUid());
    assertThrows(ApiException.class, () -> admit("jane", "devs", pods, flow));
    admit("jane", "devs", info("get", "", "pods", "default"), flow).close();
    admit("jane", "devs", info("list", "", "pods", "other"), flow).close();
    seat.close();
    admit("jane", "devs", pods, flow).close();
  }

  @Test
  void streamsTakeNoSeat() {
    var exec =
        new RequestInfo(
            true,
            "/",
            "create",
            new GroupVersionResource("", "v1", "pods"),
            "default",
            "web",
            "exec");
    assertEquals(Seat.NONE, admit("jane", "devs", exec, new Flow[1]));
  }
}
