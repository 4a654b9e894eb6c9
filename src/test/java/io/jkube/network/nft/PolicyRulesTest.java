package io.jkube.network.nft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import io.jkube.network.policy.PodPolicy;
import io.jkube.network.policy.PodPolicy.Direction;
import io.jkube.network.policy.PolicyTable;
import io.jkube.network.policy.PolicyTableTest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Policies as chains, sets and their elements. */
final class PolicyRulesTest {
  @Test
  void podsOfTheSamePoliciesShareAChainThatDropsTheRest() {
    var rules =
        PolicyRules.of(PolicyTableTest.table("{'podSelector':{},'policyTypes':['Ingress']}"));
    var in = rules.elements().get("pods-in");
    assertEquals(2, in.size());
    var chain = in.get("10.244.0.2").substring("goto ".length());
    assertEquals("goto " + chain, in.get("10.244.0.3"));
    assertEquals(List.of("jump in/team/x", "drop"), rules.chains().get(chain));
    assertEquals(List.of(), rules.chains().get("in/team/x"));
    assertFalse(rules.elements().containsKey("pods-out"));
    assertTrue(rules.elements().get("themselves").containsKey("10.244.0.2 . 10.244.0.2"));
  }

  @Test
  void everyKindOfPeerMeetsEveryKindOfPort() {
    var rules =
        PolicyRules.of(
            PolicyTableTest.table(
                "{'podSelector':{},'policyTypes':['Ingress'],'ingress':[{'from':["
                    + "{'podSelector':{}},{'ipBlock':{'cidr':'192.0.2.0/24'}}],'ports':["
                    + "{'protocol':'TCP','port':80,'endPort':82},{'protocol':'UDP'},"
                    + "{'protocol':'TCP','port':'http'}]}]}"));
    var named = "ip daddr . meta l4proto . th dport @in/team/x/0/ports accept";
    assertEquals(
        List.of(
            "ip saddr @in/team/x/0/peers meta l4proto tcp th dport { 80-82 } accept",
            "ip saddr @in/team/x/0/peers meta l4proto udp accept",
            "ip saddr { 192.0.2.0-192.0.2.255 } meta l4proto tcp th dport { 80-82 } accept",
            "ip saddr { 192.0.2.0-192.0.2.255 } meta l4proto udp accept",
            "ip saddr @in/team/x/0/peers " + named,
            "ip saddr { 192.0.2.0-192.0.2.255 } " + named),
        rules.chains().get("in/team/x"));
    assertEquals("type ipv4_addr;", rules.sets().get("in/team/x/0/peers"));
    assertTrue(rules.elements().get("in/team/x/0/ports").containsKey("10.244.0.2 . tcp . 8080"));
  }

  @Test
  void whatIsAllowedToLeaveIsJudgedByItsReceiverToo() {
    var rules =
        PolicyRules.of(
            PolicyTableTest.table(
                "{'podSelector':{},'policyTypes':['Egress'],'egress':[{},"
                    + "{'to':[{'podSelector':{}}],'ports':[{'protocol':'TCP','port':'http'}]}]}"));
    assertEquals(
        List.of(
            "goto into-pods",
            "ip daddr . meta l4proto . th dport @out/team/x/1/ports goto into-pods"),
        rules.chains().get("out/team/x"));
  }

  @Test
  void aPodThatComesIsAnElementAndNoChain() {
    var before = hundredPolicies("10.244.0.2");
    var after = hundredPolicies("10.244.0.2", "10.244.0.3");
    var script = Script.change("t", PolicyRules.of(before), PolicyRules.of(after));
    assertEquals(
        """
        add element ip t pods-in { 10.244.0.3 : goto %1$s }
        add element ip t themselves { 10.244.0.3 . 10.244.0.3 }
        """
            .formatted(chainOf("10.244.0.2", before)),
        script);
  }

  @Test
  void longNamesFitIntoTheKernels() {
    var key = new ObjectKey("n".repeat(63), "p".repeat(253));
    var policy = new PodPolicy(key, Direction.INGRESS, new TreeSet<>(), List.of());
    var other =
        new PodPolicy(
            new ObjectKey("n".repeat(63), "p".repeat(252) + "q"),
            Direction.INGRESS,
            new TreeSet<>(),
            List.of());
    var chains = PolicyRules.of(new PolicyTable(List.of(policy, other))).chains().keySet();
    assertEquals(2, chains.size());
    chains.forEach(chain -> assertTrue(chain.length() < 200, chain));
  }

  private static String chainOf(String pod, PolicyTable table) {
    return PolicyRules.of(table).elements().get("pods-in").get(pod).substring("goto ".length());
  }

  private static PolicyTable hundredPolicies(String... pods) {
    var all =
        IntStream.range(0, 100)
            .mapToObj(
                number ->
                    new PodPolicy(
                        new ObjectKey("team", "p" + number),
                        Direction.INGRESS,
                        new TreeSet<>(List.of(pods)),
                        List.of()))
            .toList();
    return new PolicyTable(new ArrayList<>(all));
  }
}
