package io.jkube.controller.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.ServiceAddress;
import io.jkube.api.StatusReason;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of addresses, who has which, and what happens to both. */
@Timeout(60)
final class ServiceAddressesTest {
  private static final GroupVersionResource CIDRS = Resources.SERVICE_CIDRS;
  private static final GroupVersionResource ADDRESSES = Resources.IP_ADDRESSES;

  private final TestCluster cluster = new TestCluster();
  private final SharedInformers informers = new SharedInformers(cluster.client);
  private final List<ControllerRunner> runners = new ArrayList<>();

  @BeforeEach
  void start() throws InterruptedException {
    cluster.namespace("default");
    runners.add(ServiceCidrController.runner(cluster.client, informers, cluster.clock));
    runners.add(AddressRepair.runner(cluster.client, informers, cluster.clock));
    informers.start();
    for (var runner : runners) {
      // A service that came and went before would be known by its address' age alone.
      assertTrue(runner.start().awaitSynced(Duration.ofSeconds(30)));
    }
  }

  @AfterEach
  void stop() {
    runners.forEach(ControllerRunner::close);
    informers.close();
    cluster.close();
  }

  @Test
  void anAddressIsAnObjectAsLongAsItsServiceHasIt() throws Exception {
    var address = service("web", "").at("/spec/clusterIP").asText();
    var claim = cluster.client.get(ADDRESSES, ObjectKey.cluster(address));
    assertEquals(key("web"), claimant(address));
    assertEquals(
        "IPv4", claim.at("/metadata/labels").path("ipaddress.kubernetes.io/ip-family").asText());
    cluster.client.delete(Resources.SERVICES, key("web"), DeleteOptions.DEFAULT);
    cluster.awaitGone(ADDRESSES, ObjectKey.cluster(address));
    assertEquals(address, service("next", address).at("/spec/clusterIP").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ClusterIP", "NodePort"})
  void anExternalNameHasNoAddressUntilItIsOfAnotherType(String type) throws Exception {
    var named =
        cluster.create(
            Resources.SERVICES,
            "{'metadata':{'name':'web','namespace':'default'},'spec':{'type':'ExternalName',"
                + "'externalName':'db.example.com'}}");
    assertFalse(named.path("spec").has("clusterIP"));

    var spec = change("{'type':'" + type + "','externalName':null,'ports':[{'port':80}]}");
    var address = spec.path("clusterIP").asText();
    assertEquals(key("web"), claimant(address));
    assertEquals("[\"" + address + "\"]", spec.path("clusterIPs").toString());
    assertEquals(type.equals("NodePort"), spec.at("/ports/0").has("nodePort"));

    var again = change("{'type':'ExternalName','externalName':'db.example.com'}");
    for (var gone : List.of("clusterIP", "clusterIPs", "ipFamilies", "externalTrafficPolicy")) {
      assertFalse(again.has(gone), again::toString);
    }
    assertFalse(again.at("/ports/0").has("nodePort"), again::toString);
    cluster.awaitGone(ADDRESSES, ObjectKey.cluster(address));
  }

  @Test
  void anAddressThatSomethingElseHasIsNotGivenOut() {
    cluster.create(
        ADDRESSES,
        "{'metadata':{'name':'10.96.7.7'},'spec':{'parentRef':{'group':'example.com',"
            + "'resource':'gateways','name':'g'}}}");
    var refused = assertThrows(ApiException.class, () -> service("web", "10.96.7.7"));
    assertTrue(
        refused
            .getMessage()
            .contains("failed to allocate IP 10.96.7.7: provided IP is already allocated"),
        refused.getMessage());
  }

  @Test
  void aRefusedServiceLeavesNoAddressBehind() {
    assertThrows(
        ApiException.class,
        () -> {
          service("web", "10.96.8.8");
          service("web", "10.96.8.9");
        });
    assertEquals(1, cluster.client.list(ADDRESSES, "", ListOptions.ALL).items().size());
  }

  @Test
  void whatWasLostIsMadeAndWhatWasLeftGoes() throws Exception {
    var address = service("web", "").at("/spec/clusterIP").asText();
    cluster.client.delete(ADDRESSES, ObjectKey.cluster(address), DeleteOptions.DEFAULT);
    cluster.await(ADDRESSES, ObjectKey.cluster(address), any -> true);
    cluster.client.create(
        ADDRESSES, ServiceAddress.of("10.96.9.9", key("never"), cluster.clock.instant()));
    cluster.clock.pass(Duration.ofMinutes(2));
    touch("10.96.9.9");
    cluster.awaitGone(ADDRESSES, ObjectKey.cluster("10.96.9.9"));
  }

  @Test
  void addressesComeOfRangesThatAreReady() throws Exception {
    range("small", "192.0.2.0/29");
    var address = service("web", "").at("/spec/clusterIP").asText();
    assertTrue(address.startsWith("192.0.2."), address);
    var refused = assertThrows(ApiException.class, () -> service("out", "10.96.0.77"));
    assertTrue(
        refused
            .getMessage()
            .contains(
                "the provided IP (10.96.0.77) is not in the valid range. The range of valid IPs is"
                    + " 192.0.2.0/29"),
        refused.getMessage());
    for (int i = 0; i < 5; i++) {
      service("more" + i, "");
    }
    assertThrows(ApiException.class, () -> service("full", ""));
    range("further", "198.51.100.0/28");
    assertTrue(service("full", "").at("/spec/clusterIP").asText().startsWith("198.51.100."));
  }

  @Test
  void aRangeStaysWhileItsAddressesAreInUse() throws Exception {
    range("old", "192.0.2.0/28");
    service("web", "192.0.2.5");
    cluster.client.delete(CIDRS, ObjectKey.cluster("old"), DeleteOptions.DEFAULT);
    cluster.await(
        CIDRS,
        ObjectKey.cluster("old"),
        cidr -> cidr.at("/status/conditions/0/reason").asText().equals("Terminating"));
    assertThrows(ApiException.class, () -> service("late", "192.0.2.6"));
    cluster.client.delete(Resources.SERVICES, key("web"), DeleteOptions.DEFAULT);
    cluster.awaitGone(CIDRS, ObjectKey.cluster("old"));
  }

  @Test
  void anotherRangeOfTheSameAddressesLetsTheFirstGo() throws Exception {
    range("old", "192.0.2.0/28");
    service("web", "192.0.2.5");
    range("wide", "192.0.2.0/24");
    cluster.client.delete(CIDRS, ObjectKey.cluster("old"), DeleteOptions.DEFAULT);
    cluster.awaitGone(CIDRS, ObjectKey.cluster("old"));
  }

  @Test
  void manyAtOnceGetDifferentAddressesAndPorts() throws Exception {
    range("small", "192.0.2.0/26");
    var made = new ArrayList<Future<ObjectNode>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        var name = "s" + i;
        Callable<ObjectNode> make = () -> nodePortService(name);
        made.add(threads.submit(make));
      }
    }
    var addresses = new HashSet<String>();
    var ports = new HashSet<Integer>();
    for (var each : made) {
      addresses.add(each.get().at("/spec/clusterIP").asText());
      ports.add(each.get().at("/spec/ports/0/nodePort").asInt());
    }
    assertEquals(60, addresses.size());
    assertEquals(60, ports.size());
  }

  @Test
  void familiesAreThoseOfAClusterWithOne() {
    var preferring = families("'ipFamilyPolicy':'PreferDualStack','selector':{'a':'b'}");
    assertEquals("PreferDualStack", preferring.path("ipFamilyPolicy").asText());
    assertEquals("[\"IPv4\"]", preferring.path("ipFamilies").toString());
    assertEquals("SingleStack", families("'selector':{'a':'b'}").path("ipFamilyPolicy").asText());
    var required =
        assertThrows(ApiException.class, () -> families("'ipFamilyPolicy':'RequireDualStack'"));
    assertTrue(
        required.getMessage().contains("this cluster is not configured for dual-stack services"));
    var other = assertThrows(ApiException.class, () -> families("'ipFamilies':['IPv6']"));
    assertTrue(
        other
            .getMessage()
            .contains(
                "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"),
        other.getMessage());
    var foreign = families("'clusterIP':'None'");
    assertEquals("RequireDualStack", foreign.path("ipFamilyPolicy").asText());
    assertEquals("[\"IPv4\",\"IPv6\"]", foreign.path("ipFamilies").toString());
  }

  /** The hand clock's delays are looked at when something happens. */
  private void touch(String address) {
    try {
      cluster.client.patch(
          ADDRESSES,
          ObjectKey.cluster(address),
          Patch.merge(TestCluster.json("{'metadata':{'annotations':{'touched':'yes'}}}")));
    } catch (ApiException gone) {
      assertEquals(StatusReason.NOT_FOUND, gone.reason());
    }
  }

  private ObjectNode families(String spec) {
    var made =
        cluster.create(
            Resources.SERVICES,
            "{'metadata':{'generateName':'f-','namespace':'default'},'spec':{"
                + spec
                + ",'ports':[{'port':80}]}}");
    return (ObjectNode) made.path("spec");
  }

  private ObjectNode service(String name, String address) {
    return cluster.create(
        Resources.SERVICES,
        "{'metadata':{'name':'%s','namespace':'default'},'spec':{'clusterIP':'%s',"
                .formatted(name, address)
            + "'ports':[{'port':80}]}}");
  }

  /** What the service "web" is told, and is afterwards. */
  private JsonNode change(String spec) {
    return cluster
        .client
        .patch(
            Resources.SERVICES, key("web"), Patch.merge(TestCluster.json("{'spec':" + spec + "}")))
        .path("spec");
  }

  private ObjectKey claimant(String address) {
    return ServiceAddress.service(cluster.client.get(ADDRESSES, ObjectKey.cluster(address)))
        .orElseThrow();
  }

  private ObjectNode nodePortService(String name) {
    return cluster.create(
        Resources.SERVICES,
        "{'metadata':{'name':'%s','namespace':'default'},'spec':{'type':'NodePort',".formatted(name)
            + "'ports':[{'port':80}]}}");
  }

  private void range(String name, String cidr) throws InterruptedException {
    cluster.create(
        CIDRS, "{'metadata':{'name':'%s'},'spec':{'cidrs':['%s']}}".formatted(name, cidr));
    cluster.await(
        CIDRS,
        ObjectKey.cluster(name),
        each -> each.at("/status/conditions/0/status").asText().equals("True"));
  }

  private static ObjectKey key(String service) {
    return new ObjectKey("default", service);
  }
}
