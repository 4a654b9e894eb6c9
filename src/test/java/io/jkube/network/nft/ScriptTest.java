package io.jkube.network.nft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import io.jkube.network.proxy.Backend;
import io.jkube.network.proxy.Protocol;
import io.jkube.network.proxy.ServicePort;
import io.jkube.network.proxy.ServiceTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  private static final PodNet NET = new PodNet("br-1", "10.244.0.0/16", "10.96.0.0/16", true);

  @Test
  void aServiceIsAnElementAChainAndItsHairpins() {
    var script =
        Script.anew(
            "jkube-x", ServiceRules.frame(NET), rules(port("web", 0, "10.244.0.2", "10.244.0.3")));
    assertTrue(
        script.startsWith("add table ip jkube-x\ndelete table ip jkube-x\ntable ip jkube-x {"));
    var rule =
        "add rule ip jkube-x svc/team/web/tcp/http meta l4proto tcp dnat ip addr . port to numgen"
            + " random mod 2 map { 0 : 10.244.0.2 . 8080, 1 : 10.244.0.3 . 8080 }\n";
    assertTrue(script.contains("add chain ip jkube-x svc/team/web/tcp/http\n" + rule), script);
    assertTrue(
        script.contains(
            "add element ip jkube-x service-ips { 10.96.1.1 . tcp . 80 : goto"
                + " svc/team/web/tcp/http }\n"),
        script);
    assertTrue(
        script.contains(
            "add element ip jkube-x node-ports { tcp . 30080 : goto svc/team/web/tcp/http }\n"));
    assertTrue(script.contains("add element ip jkube-x hairpin { 10.244.0.2 . 10.244.0.2 }\n"));
    assertTrue(script.contains("ip daddr 10.96.0.0/16 goto refusal\n"));
  }

  @Test
  void theRangeOfATableIsFoundInIt() {
    var listed =
        "table ip jkube-x {\n\tchain refuse {\n\t\tip daddr 10.97.0.0/16 goto refusal"
            + " port-unreachable\n\t}\n}\ntable ip nat {\n\tip saddr 172.17.0.0/16 accept\n}";
    assertEquals(Map.of("x", Set.of("10.97.0.0/16")), NftProxy.serviceRanges(listed));
  }

  @Test
  void tablesOfAnOlderJkubeAreReadAndThoseOfOthersAreNot() {
    var listed =
        """
        table ip filter {
        \tchain FORWARD {
        \t\tip daddr 10.0.0.0/8 reject
        \t}
        }
        table ip jkube-old {
        \tchain refuse {
        \t\tip daddr 10.96.0.0/16 reject with icmp port-unreachable
        \t}
        }
        table ip jkube-new {
        \tchain refuse {
        \t\tip daddr 10.97.0.0/16 goto refusal
        \t}
        }
        """;
    assertEquals(
        Map.of("old", Set.of("10.96.0.0/16"), "new", Set.of("10.97.0.0/16")),
        NftProxy.serviceRanges(listed));
  }

  @Test
  void rangesAreRefusedAsTheyComeAndGo() {
    var first = ranges("10.96.0.0/16");
    assertTrue(
        Script.anew("jkube-x", ServiceRules.frame(NET), first)
            .contains("add rule ip jkube-x ranges ip daddr 10.96.0.0/16 goto refusal\n"));
    assertEquals(
        """
        flush chain ip jkube-x ranges
        add rule ip jkube-x ranges ip daddr 10.200.0.0/24 goto refusal
        add rule ip jkube-x ranges ip daddr 10.96.0.0/16 goto refusal
        """,
        Script.change("jkube-x", first, ranges("10.96.0.0/16", "10.200.0.0/24")));
    assertEquals(
        "flush chain ip jkube-x ranges\n", Script.change("jkube-x", first, ranges()), "it stays");
  }

  @Test
  void everyRangeOfATableIsFoundOnce() {
    var listed =
        "table ip jkube-x {\nchain ranges {\n\tip daddr 10.200.0.0/24 goto refusal\n\tip daddr 10.96.0.0/16 goto refusal\n}\n"
            + "chain refuse {\n\tip daddr 10.96.0.0/16 goto refusal\n\tjump ranges\n}";
    assertEquals(
        Map.of("x", Set.of("10.200.0.0/24", "10.96.0.0/16")), NftProxy.serviceRanges(listed));
  }

  @Test
  void aServiceThatNobodyServesIsRefused() {
    var script = Script.anew("jkube-x", ServiceRules.frame(NET), rules(port("web", 0)));
    assertTrue(
        script.contains("add element ip jkube-x refused { 10.96.1.1 . tcp . 80 }\n"), script);
    assertFalse(script.contains("svc/"), script);
  }

  @Test
  void nothingChangedIsNothingToDo() {
    var rules = rules(port("web", 0, "10.244.0.2"));
    assertEquals("", Script.change("jkube-x", rules, rules));
  }

  @Test
  void aChangedEndpointRewritesOneChain() {
    var before = rules(port("api", 0, "10.244.0.9"), port("web", 0, "10.244.0.2"));
    var after = rules(port("api", 0, "10.244.0.9"), port("web", 0, "10.244.0.3"));
    assertEquals(
        """
        flush chain ip jkube-x svc/team/web/tcp/http
        add rule ip jkube-x svc/team/web/tcp/http meta l4proto tcp dnat ip addr . port to numgen \
        random mod 1 map { 0 : 10.244.0.3 . 8080 }
        delete element ip jkube-x hairpin { 10.244.0.2 . 10.244.0.2 }
        add element ip jkube-x hairpin { 10.244.0.3 . 10.244.0.3 }
        """,
        Script.change("jkube-x", before, after));
  }

  @Test
  void theLastEndpointTakesTheChainAlong() {
    assertEquals(
        """
        delete element ip jkube-x hairpin { 10.244.0.2 . 10.244.0.2 }
        delete element ip jkube-x node-ports { tcp . 30080 }
        delete element ip jkube-x service-ips { 10.96.1.1 . tcp . 80 }
        add element ip jkube-x refused { 10.96.1.1 . tcp . 80 }
        flush chain ip jkube-x svc/team/web/tcp/http
        delete chain ip jkube-x svc/team/web/tcp/http
        """,
        Script.change("jkube-x", rules(port("web", 0, "10.244.0.2")), rules(port("web", 0))));
  }

  @Test
  void stickyClientsStayWhenAnotherEndpointComes() {
    var before = rules(port("web", 60, "10.244.0.2"));
    var after = rules(port("web", 60, "10.244.0.2", "10.244.0.3"));
    var script = Script.change("jkube-x", before, after);
    assertTrue(
        script.startsWith(
            "add set ip jkube-x sticky/team/web/tcp/http/10.244.0.3/8080 { type ipv4_addr; flags"
                + " dynamic,timeout; }\n"),
        script);
    assertFalse(script.contains("flush set"), script);
    assertFalse(script.contains("chain ip jkube-x ep/team/web/tcp/http/10.244.0.2"), script);
    assertTrue(
        script.contains(
            "ip saddr @sticky/team/web/tcp/http/10.244.0.2/8080 goto"
                + " ep/team/web/tcp/http/10.244.0.2/8080\n"),
        script);
  }

  @Test
  void affinityIsSwitchedInTheOneChainOfItsPort() {
    var free = rules(port("web", 0, "10.244.0.2", "10.244.0.3"));
    var sticky = rules(port("web", 60, "10.244.0.2", "10.244.0.3"));
    var on = Script.change("jkube-x", free, sticky);
    var chain = " chain ip jkube-x svc/team/web/tcp/http\n";
    assertTrue(on.contains("flush" + chain), on);
    assertTrue(on.contains("svc/team/web/tcp/http ip saddr @sticky/"), on);
    var off = Script.change("jkube-x", sticky, free);
    assertTrue(off.contains("flush" + chain), off);
    assertTrue(off.contains("delete set ip jkube-x sticky/team/web/tcp/http/10.244.0.2/8080"), off);
    assertFalse(off.contains(" element "), "no door moves: " + off);
  }

  @Test
  void anotherTimeHoldsFromTheNextVisitOn() {
    assertEquals(
        """
        flush chain ip jkube-x ep/team/web/tcp/http/10.244.0.2/8080
        add rule ip jkube-x ep/team/web/tcp/http/10.244.0.2/8080 update \
        @sticky/team/web/tcp/http/10.244.0.2/8080 { ip saddr timeout 90s }
        add rule ip jkube-x ep/team/web/tcp/http/10.244.0.2/8080 meta l4proto tcp dnat to \
        10.244.0.2:8080
        """,
        Script.change(
            "jkube-x", rules(port("web", 60, "10.244.0.2")), rules(port("web", 90, "10.244.0.2"))));
  }

  @Test
  void podsOfANodeHaveTheirOwnChoice() {
    var near = new TreeMap<String, List<Backend>>();
    near.put("one", List.of(new Backend("10.244.0.2", 8080)));
    near.put("two", List.of());
    var all = port("web", 0, "10.244.0.2", "10.244.0.3");
    var port =
        new ServicePort(
            all.service(),
            all.name(),
            all.protocol(),
            all.port(),
            all.addresses(),
            0,
            false,
            0,
            all.backends(),
            near);
    var pods = new TreeMap<String, SortedSet<String>>();
    pods.put("one", new TreeSet<>(List.of("10.244.0.9")));
    var rules = ServiceRules.of(new ServiceTable(List.of(port), List.of(), pods, new TreeSet<>()));
    assertEquals(
        List.of(
            "ip saddr @on/one goto near/one/team/web/tcp/http",
            "ip saddr @on/two goto near/two/team/web/tcp/http"),
        rules.chains().get("svc/team/web/tcp/http").subList(0, 2));
    assertEquals(List.of("drop"), rules.chains().get("near/two/team/web/tcp/http"));
    assertTrue(rules.chains().get("near/one/team/web/tcp/http").getFirst().contains("mod 1 map"));
    assertTrue(rules.elements().get("on/one").containsKey("10.244.0.9"));
  }

  @Test
  void whereBridgedPacketsPassUnseenAnswersAreLedThroughHere() {
    var blind = new PodNet("br-1", "10.244.0.0/16", "10.96.0.0/16", false);
    var rule = "ct status dnat ip saddr 10.244.0.0/16 ip daddr 10.244.0.0/16 masquerade";
    assertTrue(Script.anew("jkube-x", ServiceRules.frame(blind), RuleSet.EMPTY).contains(rule));
    assertFalse(Script.anew("jkube-x", ServiceRules.frame(NET), RuleSet.EMPTY).contains(rule));
  }

  private static RuleSet rules(ServicePort... ports) {
    return ServiceRules.of(new ServiceTable(List.of(ports)));
  }

  private static RuleSet ranges(String... ranges) {
    var table =
        new ServiceTable(List.of(), List.of(), new TreeMap<>(), new TreeSet<>(List.of(ranges)));
    return ServiceRules.of(table);
  }

  private static ServicePort port(String service, int affinitySeconds, String... backends) {
    return new ServicePort(
        new ObjectKey("team", service),
        "http",
        Protocol.TCP,
        80,
        List.of(service.equals("web") ? "10.96.1.1" : "10.96.1.2"),
        service.equals("web") ? 30080 : 0,
        false,
        affinitySeconds,
        Stream.of(backends).map(address -> new Backend(address, 8080)).toList());
  }
}
