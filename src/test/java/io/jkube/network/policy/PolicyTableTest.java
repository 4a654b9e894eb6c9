package io.jkube.network.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.network.policy.PodPolicy.Direction;
import io.jkube.network.proxy.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which pods, peers and ports policies speak of. */
public final class PolicyTableTest {
  private static final List<PolicyPod> PODS =
      Stream.of(
              pod("team", "web", "app", "web", "10.244.0.2", 8080),
              pod("team", "api", "app", "api", "10.244.0.3", 9090),
              pod("other", "web", "app", "web", "10.244.0.4", 7070),
              pod("team", "waiting", "app", "web", "", 8080))
          .toList();

  private static final List<PolicyNamespace> NAMESPACES =
      List.of(
          new PolicyNamespace("team", Map.of("zone", "in")),
          new PolicyNamespace("other", Map.of("zone", "out")));

  @Test
  void denyAllIsolatesEveryPodOfTheNamespaceInBothDirections() {
    var table = table("{'podSelector':{},'policyTypes':['Ingress','Egress']}");
    assertEquals(
        List.of(Direction.INGRESS, Direction.EGRESS),
        table.policies().stream().map(PodPolicy::direction).toList());
    for (var policy : table.policies()) {
      assertEquals(Set.of("10.244.0.2", "10.244.0.3"), policy.pods());
      assertTrue(policy.rules().isEmpty());
    }
  }

  @Test
  void aRuleThatSaysNothingAllowsEverything() {
    var rule = ingress("{}");
    assertTrue(rule.peers().isEmpty());
    assertTrue(rule.ports().isEmpty());
  }

  @Test
  void podsAreOfThePolicysNamespaceUnlessNamespacesAreSelected() {
    assertEquals(
        Set.of("10.244.0.2"), peers("{'podSelector':{'matchLabels':{'app':'web'}}}").pods());
    assertEquals(
        Set.of("10.244.0.4"), peers("{'namespaceSelector':{'matchLabels':{'zone':'out'}}}").pods());
    assertEquals(
        Set.of("10.244.0.2", "10.244.0.4"),
        peers("{'namespaceSelector':{},'podSelector':{'matchLabels':{'app':'web'}}}").pods());
    assertEquals(Set.of(), peers("{'podSelector':{'matchLabels':{'app':'nobody'}}}").pods());
  }

  @Test
  void peersOfARuleAreTakenTogether() {
    var peers =
        peers(
            "{'ipBlock':{'cidr':'192.0.2.0/24'}},{'ipBlock':{'cidr':'192.0.2.0/25'}},"
                + "{'podSelector':{'matchLabels':{'app':'api'}}}");
    assertTrue(peers.selects());
    assertEquals(Set.of("10.244.0.3"), peers.pods());
    assertEquals(1, peers.blocks().list().size());
    assertFalse(peers("{'ipBlock':{'cidr':'192.0.2.0/24'}}").selects());
  }

  @Test
  void portsAreNumbersRangesAndWholeProtocols() {
    var ports =
        ports(
            "{'protocol':'TCP','port':80},{'protocol':'TCP','port':81,'endPort':90},"
                + "{'protocol':'UDP'},{'protocol':'UDP','port':53}");
    assertEquals(Ranges.of(80, 90), ports.numbers().get(Protocol.TCP));
    assertEquals(Ranges.NONE, ports.numbers().get(Protocol.UDP));
    assertFalse(ports.names());
  }

  @Test
  void aNamedPortIsThatOfThePodTheTrafficIsTo() {
    assertEquals(
        Set.of("10.244.0.2 . tcp . 8080", "10.244.0.3 . tcp . 9090"),
        names(ports("{'protocol':'TCP','port':'http'}")));
    assertEquals(Set.of(), names(ports("{'protocol':'UDP','port':'http'}")));
    var out =
        table(
            "{'podSelector':{},'policyTypes':['Egress'],'egress':[{'ports':[{'protocol':'TCP',"
                + "'port':'http'}],'to':[{'namespaceSelector':{'matchLabels':{'zone':'out'}}}]}]}");
    assertEquals(
        Set.of("10.244.0.4 . tcp . 7070"),
        names(out.policies().getFirst().rules().getFirst().ports().orElseThrow()));
  }

  @Test
  void podsWithoutAnAddressOfTheirOwnAreNotMeant() {
    assertEquals("", read("'phase':'Failed'", "").address());
    assertEquals("", read("'phase':'Succeeded'", "").address());
    assertEquals("", read("'phase':'Running'", "'hostNetwork':true").address());
    var pod =
        read(
            "'phase':'Running'",
            "'containers':[{'ports':[{'name':'http','containerPort':80},{'containerPort':81}]}]");
    assertEquals("10.244.0.9", pod.address());
    assertEquals(Set.of(new PolicyPod.NamedPort("http", Protocol.TCP, 80)), pod.ports());
  }

  private static PolicyPod read(String status, String spec) {
    return PolicyPod.of(
        json(
            "{'metadata':{'namespace':'team','name':'p'},'spec':{"
                + spec
                + "},'status':{"
                + status
                + ",'podIP':'10.244.0.9'}}"));
  }

  private static Set<String> names(PolicyRule.Ports ports) {
    assertTrue(ports.names());
    return ports.named().stream().map(Object::toString).collect(Collectors.toSet());
  }

  private static PolicyRule.Peers peers(String peers) {
    return ingress("{'from':[" + peers + "]}").peers().orElseThrow();
  }

  private static PolicyRule.Ports ports(String ports) {
    return ingress("{'ports':[" + ports + "]}").ports().orElseThrow();
  }

  private static PolicyRule ingress(String rule) {
    return table("{'podSelector':{},'policyTypes':['Ingress'],'ingress':[" + rule + "]}")
        .policies()
        .getFirst()
        .rules()
        .getFirst();
  }

  /** A policy {@code team/x} among a few pods. */
  public static PolicyTable table(String spec) {
    return PolicyTable.of(
        List.of(json("{'metadata':{'namespace':'team','name':'x'},'spec':" + spec + "}")),
        PODS,
        NAMESPACES);
  }

  private static PolicyPod pod(
      String namespace, String name, String label, String value, String address, int port) {
    return new PolicyPod(
        new ObjectKey(namespace, name),
        Map.of(label, value),
        address,
        Set.of(new PolicyPod.NamedPort("http", Protocol.TCP, port)));
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
