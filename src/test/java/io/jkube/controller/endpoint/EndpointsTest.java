package io.jkube.controller.endpoint;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slices and Endpoints of services against an API server in this process. */
@Timeout(60)
final class EndpointsTest {
  private static final ObjectKey WEB = new ObjectKey("team", "web");

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private List<ControllerRunner> runners;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    cluster.create(
        Resources.NODES,
        "{'metadata':{'name':'n1','labels':{'topology.kubernetes.io/zone':'z1'}}}");
    informers = new SharedInformers(cluster.client);
    runners =
        List.of(
            EndpointSliceController.runner(cluster.client, informers, cluster.clock),
            EndpointSliceMirroring.runner(cluster.client, informers, cluster.clock),
            EndpointsController.runner(cluster.client, informers, cluster.clock));
    informers.start();
    runners.forEach(ControllerRunner::start);
  }

  @AfterEach
  void stop() {
    runners.forEach(ControllerRunner::close);
    informers.close();
    cluster.close();
  }

  @Test
  void readyPodsStandInASliceAndInEndpoints() throws Exception {
    service("'ports':[{'name':'http','port':80,'targetPort':'web'}]");
    pod("a", "10.244.0.5", true);
    pod("b", "10.244.0.6", false);
    var slice = awaitSlice(s -> s.path("endpoints").size() == 2);
    assertTrue(slice.at("/metadata/name").asText().startsWith("web-"));
    var labels = slice.at("/metadata/labels");
    assertEquals("web", labels.path("kubernetes.io/service-name").asText());
    assertEquals(
        "endpointslice-controller.k8s.io",
        labels.path("endpointslice.kubernetes.io/managed-by").asText());
    assertEquals("gold", labels.path("tier").asText());
    assertEquals("Service", slice.at("/metadata/ownerReferences/0/kind").asText());
    assertEquals("IPv4", slice.path("addressType").asText());
    assertEquals(json("{'name':'http','port':8080,'protocol':'TCP'}"), slice.at("/ports/0"));
    var first = slice.at("/endpoints/0");
    assertEquals(
        json("{'ready':true,'serving':true,'terminating':false}"), first.path("conditions"));
    assertEquals("n1", first.path("nodeName").asText());
    assertEquals("z1", first.path("zone").asText());
    assertEquals("a", first.at("/targetRef/name").asText());

    var endpoints = cluster.await(Resources.ENDPOINTS, WEB, e -> subset(e).size() == 3);
    assertEquals("10.244.0.5", subset(endpoints).at("/addresses/0/ip").asText());
    assertEquals("10.244.0.6", subset(endpoints).at("/notReadyAddresses/0/ip").asText());
    assertEquals(8080, subset(endpoints).at("/ports/0/port").asInt());
    assertEquals(
        "endpoint-controller",
        endpoints.at("/metadata/labels").path("endpoints.kubernetes.io/managed-by").asText());
  }

  @Test
  void aPodStandsOnlyAtThePortsThatItHas() throws Exception {
    service(
        "'ports':[{'name':'p1','port':80,'targetPort':'one'},"
            + "{'name':'p2','port':81,'targetPort':'two'}]");
    pod("a", "10.244.0.5", true, "'name':'one','containerPort':100");
    pod("b", "10.244.0.6", true, "'name':'two','containerPort':101");
    var endpoints = cluster.await(Resources.ENDPOINTS, WEB, e -> e.path("subsets").size() == 2);
    for (var subset : endpoints.path("subsets")) {
      boolean first = subset.at("/ports/0/name").asText().equals("p1");
      assertEquals(1, subset.path("ports").size());
      assertEquals(first ? 100 : 101, subset.at("/ports/0/port").asInt());
      assertEquals(1, subset.path("addresses").size());
      assertEquals(first ? "10.244.0.5" : "10.244.0.6", subset.at("/addresses/0/ip").asText());
    }
    var second = awaitSlice(s -> s.toString().contains("10.244.0.6"));
    assertEquals(json("{'name':'p2','port':101,'protocol':'TCP'}"), second.at("/ports/0"));
    cluster.client.resource(Resources.PODS).delete(new ObjectKey("team", "a"));
    cluster.await(
        Resources.ENDPOINTS,
        WEB,
        e -> e.path("subsets").size() == 1 && subset(e).at("/ports/0/name").asText().equals("p2"));
  }

  @Test
  void aServiceThatNobodyServesHasAnEmptySlice() throws Exception {
    service("'ports':[{'port':80}]");
    var slice = awaitSlice(s -> true);
    assertEquals(0, slice.path("endpoints").size());
    cluster.await(Resources.ENDPOINTS, WEB, e -> e.path("subsets").isEmpty());
  }

  @Test
  void aPodThatEndsServesButIsNotReady() throws Exception {
    service("'ports':[{'port':80}]");
    pod("a", "10.244.0.5", true);
    awaitSlice(s -> s.at("/endpoints/0/conditions/ready").asBoolean());
    cluster.client.delete(
        Resources.PODS, new ObjectKey("team", "a"), io.jkube.client.DeleteOptions.grace(30));
    var slice = awaitSlice(s -> s.at("/endpoints/0/conditions/terminating").asBoolean());
    assertEquals(
        json("{'ready':false,'serving':true,'terminating':true}"),
        slice.at("/endpoints/0/conditions"));
    cluster.await(Resources.ENDPOINTS, WEB, e -> e.path("subsets").isEmpty());
  }

  @Test
  void notReadyPodsArePublishedWhereThatIsAsked() throws Exception {
    service("'clusterIP':'None','publishNotReadyAddresses':true");
    pod("a", "10.244.0.5", false);
    var slice = awaitSlice(s -> s.at("/endpoints/0/conditions/ready").asBoolean());
    assertEquals("a", slice.at("/endpoints/0/targetRef/name").asText());
    assertEquals("", slice.at("/metadata/labels").path("service.kubernetes.io/headless").asText());
    assertTrue(slice.at("/metadata/labels").has("service.kubernetes.io/headless"));
    cluster.await(Resources.ENDPOINTS, WEB, e -> subset(e).path("addresses").size() == 1);
  }

  @Test
  void podsWithTheirServiceAsSubdomainHaveTheirHostname() throws Exception {
    service("'clusterIP':'None'");
    pod("a", "10.244.0.5", true);
    var slice = awaitSlice(s -> s.path("endpoints").size() == 1);
    assertEquals("host-a", slice.at("/endpoints/0/hostname").asText());
  }

  @Test
  void handMadeEndpointsAreMirroredUntilTheyGo() throws Exception {
    cluster.create(
        Resources.SERVICES,
        "{'metadata':{'namespace':'team','name':'web'},'spec':{'ports':[{'port':80}]}}");
    cluster.create(
        Resources.ENDPOINTS,
        "{'metadata':{'namespace':'team','name':'web'},'subsets':[{'addresses':"
            + "[{'ip':'10.1.2.3'}],'notReadyAddresses':[{'ip':'10.1.2.4'}],'ports':"
            + "[{'port':9090}]}]}");
    var slice = awaitSlice(s -> s.path("endpoints").size() == 2);
    assertEquals(
        "endpointslicemirroring-controller.k8s.io",
        slice.at("/metadata/labels").path("endpointslice.kubernetes.io/managed-by").asText());
    assertEquals("Endpoints", slice.at("/metadata/ownerReferences/0/kind").asText());
    assertEquals(9090, slice.at("/ports/0/port").asInt());
    assertEquals(false, slice.at("/endpoints/1/conditions/ready").asBoolean(true));
    cluster.client.resource(Resources.ENDPOINTS).delete(WEB);
    cluster.awaitGone(Resources.ENDPOINT_SLICES, io.jkube.api.Json.key(slice));
  }

  @Test
  void endpointsGoWithTheirService() throws Exception {
    service("'ports':[{'port':80}]");
    cluster.await(Resources.ENDPOINTS, WEB, e -> true);
    cluster.client.resource(Resources.SERVICES).delete(WEB);
    cluster.awaitGone(Resources.ENDPOINTS, WEB);
  }

  private static com.fasterxml.jackson.databind.JsonNode subset(ObjectNode endpoints) {
    return endpoints.at("/subsets/0");
  }

  private void service(String spec) {
    cluster.create(
        Resources.SERVICES,
        "{'metadata':{'namespace':'team','name':'web','labels':{'tier':'gold'}},"
            + "'spec':{'selector':{'app':'web'},"
            + spec
            + "}}");
  }

  private void pod(String name, String ip, boolean ready) {
    pod(name, ip, ready, "'name':'web','containerPort':8080");
  }

  private void pod(String name, String ip, boolean ready, String port) {
    cluster.create(
        Resources.PODS,
        "{'metadata':{'namespace':'team','name':'"
            + name
            + "','labels':{'app':'web'}},'spec':{'nodeName':'n1','hostname':'host-"
            + name
            + "','subdomain':'web','containers':[{'name':'c','image':'i','ports':"
            + "[{"
            + port
            + "}]}]}}");
    cluster.client.patch(
        Resources.PODS,
        new ObjectKey("team", name),
        "status",
        Patch.merge(
            json(
                "{'status':{'phase':'Running','podIP':'"
                    + ip
                    + "','podIPs':[{'ip':'"
                    + ip
                    + "'}],'conditions':[{'type':'Ready','status':'"
                    + (ready ? "True" : "False")
                    + "'}]}}")));
  }

  private ObjectNode awaitSlice(Predicate<ObjectNode> wanted) throws Exception {
    var list = cluster.client.list(Resources.ENDPOINT_SLICES, "team", ListOptions.ALL);
    var found = list.items().stream().filter(wanted).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    var since = ListOptions.ALL.withResourceVersion(list.resourceVersion());
    try (var watch = cluster.client.watch(Resources.ENDPOINT_SLICES, "team", since)) {
      for (var event = watch.next(); event != null; event = watch.next()) {
        if (!event.type().equals("DELETED") && wanted.test(event.object())) {
          return event.object();
        }
      }
    }
    throw new AssertionError("the watch ended before the slice was as wanted");
  }
}
