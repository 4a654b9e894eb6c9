package io.jkube.network.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceTableTest {
  private static final String WEB =
      "{'metadata':{'namespace':'team','name':'web'},'spec':{'type':'NodePort',"
          + "'clusterIP':'10.96.1.1','externalIPs':['203.0.113.7'],'ports':[{'name':'http',"
          + "'protocol':'TCP','port':80,'nodePort':30080}]}}";

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
        List.of(json(service)), List.of(slices).stream().map(ServiceTableTest::json).toList());
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
