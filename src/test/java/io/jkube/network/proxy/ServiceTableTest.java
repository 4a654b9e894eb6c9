package io.jkube.network.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ServiceTableTest {
  private static final String WEB =
      "{'metadata':{'namespace':'team','name':'web'},'spec':{'type':'NodePort',"
          + "'clusterIP':'10.96.1.1','externalIPs':['203.0.113.7'],'ports':[{'name':'http',"
          + "'protocol':'TCP','port':80,'nodePort':30080}]}}";

  private static final Places PLACES =
      new Places(
          new TreeMap<>(Map.of("one", "a", "two", "a", "three", "b")),
          new TreeMap<>(
              Map.of(
                  "one", new TreeSet<>(Set.of("10.244.0.11")),
                  "two", new TreeSet<>(Set.of("10.244.0.12")),
                  "three", new TreeSet<>(Set.of("10.244.0.13")))));

  @Test
  void localTrafficStaysOnItsNodeOrIsDropped() {
    var port =
        table(WEB.replace("'ports'", "'internalTrafficPolicy':'Local','ports'"), placed("", ""))
            .ports()
            .getFirst();
    assertEquals(2, port.backends().size());
    assertEquals(List.of(new Backend("10.244.0.2", 8080)), port.near().get("one"));
    assertEquals(List.of(), port.near().get("two"));
    assertEquals(List.of(new Backend("10.244.0.3", 8080)), port.near().get("three"));
  }

  @Test
  void hintsOfZonesLeadToTheEndpointsOfTheZone() {
    var close = WEB.replace("'ports'", "'trafficDistribution':'PreferClose','ports'");
    var table = table(close, placed(",'hints':{'forZones':[{'name':'a'}]}", zone("b")));
    var near = table.ports().getFirst().near();
    assertEquals(List.of(new Backend("10.244.0.2", 8080)), near.get("one"));
    assertEquals(List.of(new Backend("10.244.0.2", 8080)), near.get("two"));
    assertEquals(List.of(new Backend("10.244.0.3", 8080)), near.get("three"));
    assertEquals(Set.of("one", "two", "three"), table.pods().keySet());
    assertTrue(
        table(close, placed(zone("a"), "")).ports().getFirst().near().isEmpty(),
        "an endpoint without a hint is for all");
    assertTrue(table(WEB, placed(zone("a"), zone("b"))).ports().getFirst().near().isEmpty());
  }

  @Test
  void hintsOfNodesGoBeforeThoseOfZones() {
    var same = WEB.replace("'ports'", "'trafficDistribution':'PreferSameNode','ports'");
    var table =
        table(
            same,
            placed(
                ",'hints':{'forZones':[{'name':'a'}],'forNodes':[{'name':'one'}]}",
                ",'hints':{'forZones':[{'name':'a'}],'forNodes':[{'name':'three'}]}"));
    var near = table.ports().getFirst().near();
    assertEquals(List.of(new Backend("10.244.0.2", 8080)), near.get("one"));
    assertEquals(List.of(new Backend("10.244.0.3", 8080)), near.get("three"));
    assertFalse(near.containsKey("two"), "both are in its zone");
  }

  @Test
  void healthChecksCountEndpoints() {
    var table =
        table(WEB.replace("'ports'", "'healthCheckNodePort':30099,'ports'"), placed("", ""));
    assertEquals(List.of(new HealthCheck(new ObjectKey("team", "web"), 30099, 2)), table.checks());
  }

  private static String zone(String name) {
    return ",'hints':{'forZones':[{'name':'" + name + "'}]}";
  }

  /** An endpoint on node one, and one on node three. */
  private static String placed(String first, String second) {
    return slice(
        "'http'",
        "{'addresses':['10.244.0.2'],'conditions':{'ready':true},'nodeName':'one'" + first + "}",
        "{'addresses':['10.244.0.3'],'conditions':{'ready':true},'nodeName':'three'"
            + second
            + "}");
  }

  @Test
  void aPortLeadsToTheReadyEndpointsOfItsName() {
    var table =
        table(
            WEB,
            slice(
                "'http'", endpoint("10.244.0.2", true, false), endpoint("10.244.0.3", false, true)),
            slice("'other'", endpoint("10.244.0.9", true, false)));
    var port = table.ports().getFirst();
    assertEquals("team/web/tcp/http", port.id());
    assertEquals(List.of("10.96.1.1", "203.0.113.7"), port.addresses());
    assertEquals(30080, port.nodePort());
    assertEquals(List.of(new Backend("10.244.0.2", 8080)), port.backends());
  }

  @Test
  void endpointsAndPortsOfSeveralSlicesAreOneServices() {
    var two = WEB.replace("}]}}", "},{'name':'admin','protocol':'TCP','port':81}]}}");
    var table =
        table(
            two,
            slice("'http'", endpoint("10.244.0.2", true, false)),
            slice("'http'", endpoint("10.244.0.3", true, false)),
            slice("'admin'", endpoint("10.244.0.4", true, false)).replace("8080", "9090"));
    assertEquals(
        List.of(new Backend("10.244.0.4", 9090)), table.ports().getFirst().backends(), "admin");
    assertEquals(
        List.of(new Backend("10.244.0.2", 8080), new Backend("10.244.0.3", 8080)),
        table.ports().getLast().backends());
  }

  @Test
  void onePortLeadsElsewhereByEachProtocol() {
    var both =
        WEB.replace("}]}}", "},{'name':'udp','protocol':'UDP','port':80,'nodePort':30080}]}}");
    var datagrams =
        slice("'udp'", endpoint("10.244.0.2", true, false))
            .replace("TCP", "UDP")
            .replace("8080", "5353");
    var table = table(both, slice("'http'", endpoint("10.244.0.2", true, false)), datagrams);
    assertEquals(
        List.of("team/web/tcp/http", "team/web/udp/udp"),
        table.ports().stream().map(ServicePort::id).toList());
    assertEquals(List.of(new Backend("10.244.0.2", 8080)), table.ports().getFirst().backends());
    assertEquals(List.of(new Backend("10.244.0.2", 5353)), table.ports().getLast().backends());
  }

  @Test
  void endingEndpointsServeWhereNoOtherIsLeft() {
    var table = table(WEB, slice("'http'", endpoint("10.244.0.3", false, true)));
    assertEquals(List.of(new Backend("10.244.0.3", 8080)), table.ports().getFirst().backends());
  }

  @Test
  void servicesWithoutAddressOfTheirOwnAreNotRouted() {
    var headless = WEB.replace("10.96.1.1", "None");
    var external = WEB.replace("NodePort", "ExternalName");
    assertTrue(table(headless).ports().isEmpty());
    assertTrue(table(external).ports().isEmpty());
  }

  @Test
  void affinityHasItsTime() {
    var sticky =
        WEB.replace(
            "'clusterIP'",
            "'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':"
                + "{'timeoutSeconds':60}},'clusterIP'");
    assertEquals(60, table(sticky).ports().getFirst().affinitySeconds());
    assertEquals(0, table(WEB).ports().getFirst().affinitySeconds());
  }

  public static ServiceTable table(String service, String... slices) {
    return ServiceTable.of(
        List.of(json(service)),
        List.of(slices).stream().map(ServiceTableTest::json).toList(),
        PLACES,
        new TreeSet<>());
  }

  static String slice(String port, String... endpoints) {
    return "{'metadata':{'namespace':'team','labels':{'kubernetes.io/service-name':'web'}},"
        + "'addressType':'IPv4','ports':[{'name':"
        + port
        + ",'protocol':'TCP','port':8080}],'endpoints':["
        + String.join(",", endpoints)
        + "]}";
  }

  static String endpoint(String address, boolean ready, boolean ending) {
    return "{'addresses':['"
        + address
        + "'],'conditions':{'ready':"
        + ready
        + ",'serving':true,'terminating':"
        + ending
        + "}}";
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
