package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.metrics.TextFormat;
import io.jkube.apiserver.fairness.BootstrapFlows;
import io.jkube.apiserver.fairness.Flow;
import io.jkube.apiserver.fairness.FlowControl;
import io.jkube.apiserver.fairness.ManualTime;
import io.jkube.apiserver.fairness.Seat;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.Selection;
import io.jkube.apiserver.storage.WatchCaches;
import io.jkube.apiserver.storage.WatchOptions;
import io.jkube.registry.Conversion;
import io.jkube.registry.builtin.BuiltinKinds;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
  private static final GroupVersionResource CONFIG_MAPS =
      new GroupVersionResource("", "v1", "configmaps");

  private final TestServer server = new TestServer();
  private final WatchCaches caches = new WatchCaches(server.store);
  private final ObjectStore objects = new ObjectStore(server.store, caches, any -> Conversion.NONE);
  private final ManualTime time = new ManualTime();
  private final FlowControl fairness = fairness();
  private final Map<String, String> names = new HashMap<>();

  private FlowControl fairness() {
    return new FlowControl(objects, caches, SEATS, Duration.ofMillis(1), time);
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
    return admit(user, group, info, request(Map.of()), flow);
  }

  private Seat admit(String user, String group, RequestInfo info, ApiRequest request, Flow[] flow) {
    objects.notBefore(BootstrapFlows.LEVELS, ObjectKey.cluster("x"), server.store.revision());
    return fairness.admit(UserInfo.of(user, group), info, request, put -> flow[0] = put);
  }

  private static ApiRequest request(Map<String, String> query) {
    var parameters = new HashMap<String, List<String>>();
    query.forEach((name, value) -> parameters.put(name, List.of(value)));
    return new ApiRequest(
        "GET", "/", parameters, "", "", "", new Caller.InProcess(UserInfo.ANONYMOUS), Body.NONE);
  }

  /** A line of {@code /metrics}, without its labels in front. */
  private String metric(String name, String labels) {
    var text = new TextFormat();
    fairness.writeTo(text);
    var start = "apiserver_flowcontrol_" + name + "{" + labels + "} ";
    return text.toString()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse("none");
  }

  private static String labels(String schema, String level) {
    return "flow_schema=\"" + schema + "\",priority_level=\"" + level + "\"";
  }

  private int limit(String level) {
    return Integer.parseInt(metric("current_limit_seats", "priority_level=\"" + level + "\""));
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
    admit("noisy", "devs", pods, flow);
    for (int i = 1; i < limit("global-default"); i++) {
      admit("noisy", "devs", pods, flow);
    }
    var refused = assertThrows(ApiException.class, () -> admit("noisy", "devs", pods, flow));
    assertEquals(429, refused.code());
    assertEquals(1, refused.status().at("/details/retryAfterSeconds").asInt());
    admit("root", "system:masters", pods, flow).close();
    admit("system:node:a", "system:nodes", pods, flow).close();
    admit("system:serviceaccount:default:app", "system:serviceaccounts", pods, flow).close();
    var labels = labels("global-default", "global-default");
    assertEquals("1", metric("rejected_requests_total", labels + ",reason=\"time-out\""));
    assertEquals("0", metric("current_inqueue_requests", labels));
    assertEquals("1", metric("request_wait_duration_seconds_count", labels + ",execute=\"false\""));
  }

  @Test
  void seatsThatOthersDoNotNeedAreLentAfterAWhile() {
    var flow = new Flow[1];
    var pods = info("list", "", "pods", "default");
    admit("busy", "devs", pods, flow);
    int before = limit("global-default");
    for (int i = 1; i < before; i++) {
      admit("busy", "devs", pods, flow);
    }
    assertThrows(ApiException.class, () -> admit("busy", "devs", pods, flow));
    time.pass(Duration.ofSeconds(10));
    for (int i = 0; i < 20; i++) {
      admit("busy", "devs", pods, flow);
    }
    assertTrue(limit("global-default") >= before + 20, "borrowed: " + limit("global-default"));
    var level = "priority_level=\"global-default\"";
    assertEquals("20", metric("nominal_limit_seats", level));
    assertEquals("10", metric("lower_limit_seats", level));
    assertEquals("265", metric("upper_limit_seats", level));
    assertEquals(before + 1, Integer.parseInt(metric("demand_seats_high_watermark", level)));
    assertEquals("5", metric("lower_limit_seats", "priority_level=\"catch-all\""));
    assertTrue(limit("workload-low") >= 10 && limit("leader-election") >= 10);
  }

  @Test
  void aListTakesSeatsByWhatThereIsToList() {
    for (int i = 0; i < 3; i++) {
      server.post(
          "/api/v1/namespaces/default/configmaps",
          "{'metadata':{'name':'big-" + i + "'},'data':{'a':'" + "x".repeat(99_000) + "'}}");
    }
    objects.settled(CONFIG_MAPS).revision();
    var list = info("list", "", "configmaps", "default");
    assertEquals(3, seatsOf(list, Map.of()));
    assertEquals(2, seatsOf(list, Map.of("limit", "2")));
    assertEquals(1, seatsOf(list, Map.of("fieldSelector", "metadata.name=big-1")));
    assertEquals(3, seatsOf(list, Map.of("fieldSelector", "metadata.name!=big-1")));
    var watch = info("watch", "", "configmaps", "default");
    assertEquals(3, seatsOf(watch, Map.of()));
    assertEquals(1, seatsOf(watch, Map.of("resourceVersion", "5")));
    assertEquals(3, seatsOf(watch, Map.of("resourceVersion", "5", "sendInitialEvents", "true")));
    assertEquals(1, seatsOf(info("get", "", "configmaps", "default"), Map.of()));
    assertEquals(1, seatsOf(info("list", "", "nothings", "default"), Map.of()));
  }

  @Test
  void aWriteTakesSeatsByWhoWatches() {
    objects.settled(CONFIG_MAPS).revision();
    var definition = BuiltinKinds.catalog(Clock.systemUTC()).find(CONFIG_MAPS).orElseThrow();
    var options = new WatchOptions(new WatchOptions.Start.Now(), false, Duration.ofMinutes(1));
    for (int i = 0; i < 11; i++) {
      objects.watch(Selection.all(definition, i < 6 ? "" : "default"), options);
    }
    var write = info("create", "", "configmaps", "default");
    assertEquals(2, seatsOf(write, Map.of()));
    assertEquals(1, seatsOf(info("create", "", "configmaps", "other"), Map.of()));
    assertEquals(1, seatsOf(info("get", "", "configmaps", "default"), Map.of()));
    var flow = new Flow[1];
    admit("jane", "devs", write, flow).close();
    var labels = labels("global-default", "global-default");
    assertEquals("0", metric("current_executing_requests", labels));
    assertEquals("2", metric("current_executing_seats", labels));
    time.pass(Duration.ofMillis(5));
    assertEquals("0", metric("current_executing_seats", labels));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'type':'Limited','limited':{'borrowingLimitPercent':-1,'limitResponse':{'type':'Reject'}} \
            | borrowingLimitPercent: Invalid value: -1: if specified, must be a non-negative integer
          'type':'Limited','limited':{'lendablePercent':101,'limitResponse':{'type':'Reject'}} \
            | lendablePercent: Invalid value: 101: must be between 0 and 100, inclusive
          'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{'queues':4}}} \
            | handSize: Invalid value: 8: should not be greater than queues (4)
          'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{'handSize':0}}} \
            | handSize: Invalid value: 0: must be positive
          'type':'Exempt','exempt':{'nominalConcurrencyShares':-5} \
            | nominalConcurrencyShares: Invalid value: -5: must be a non-negative integer
          'type':'Limited','limited':{'limitResponse':{'type':'Reject'}},'exempt':{} \
            | spec.exempt: Forbidden: must be nil if the type is not Exempt
          """)
  void whatMakesNoSenseIsRefused(String spec, String why) {
    var level = "{'metadata':{'name':'x'},'spec':{" + spec + "}}";
    var refused =
        assertThrows(
            ApiException.class, () -> server.post(GROUP + "prioritylevelconfigurations", level));
    assertEquals(422, refused.code());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  private int seatsOf(RequestInfo info, Map<String, String> query) {
    var labels = labels("service-accounts", "workload-low");
    var user = "system:serviceaccount:default:app";
    try (var _ = admit(user, "system:serviceaccounts", info, request(query), new Flow[1])) {
      return Integer.parseInt(metric("current_executing_seats", labels));
    } finally {
      time.pass(Duration.ofMillis(5));
    }
  }

  @Test
  void whatPeopleConfigureHoldsForTheNextRequest() {
    server.post(
        GROUP + "prioritylevelconfigurations",
        "{'metadata':{'name':'tiny'},'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':1,"
            + "'borrowingLimitPercent':0,'limitResponse':{'type':'Reject'}}}}");
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
