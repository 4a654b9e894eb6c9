package io.jkube.network.nft;

import io.jkube.api.AddressRange;
import io.jkube.network.policy.PodPolicy;
import io.jkube.network.policy.PodPolicy.Direction;
import io.jkube.network.policy.PolicyRule;
import io.jkube.network.policy.PolicyTable;
import io.jkube.network.policy.Ranges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * What network policies are as rules. A packet between pods is judged once for its sender and then,
 * by {@code into-pods}, for its receiver: the map of the direction leads an isolated pod's packets
 * to a chain that asks the chain of each of its policies and drops what none of them lets go on.
 * Pods that the same policies isolate share that chain: a pod that comes or goes is an element of
 * some sets, and chains change with policies only.
 */
final class PolicyRules {
  private static final String THEMSELVES = "themselves";
  private static final int LONGEST_NAME = 120;

  private final RuleSet.Builder rules = new RuleSet.Builder();

  /** Chains of policies by the address of the pod they isolate. */
  private final Map<Direction, SortedMap<String, List<String>>> isolated =
      new EnumMap<>(Direction.class);

  private PolicyRules() {}

  static RuleSet of(PolicyTable table) {
    var all = new PolicyRules();
    table.policies().forEach(all::add);
    all.isolated.forEach(all::isolate);
    return all.rules.build();
  }

  /**
   * What every cluster's table has.
   *
   * @param names where the cluster's names are asked: the one thing on this machine that stands for
   *     a pod
   */
  static String frame(String bridge, String names) {
    return """
        map pods-out { type ipv4_addr : verdict; }
        map pods-in { type ipv4_addr : verdict; }
        set themselves { type ipv4_addr . ipv4_addr; }
        chain into-pods {
          ip daddr vmap @pods-in
          accept
        }
        chain judge {
          ct state established,related accept
          ip saddr . ip daddr @themselves accept
          ip saddr vmap @pods-out
          goto into-pods
        }
        chain between-pods {
          type filter hook forward priority filter - 5;
          iifname "%1$s" goto judge
          oifname "%1$s" goto judge
        }
        chain to-names {
          type filter hook input priority filter - 5;
          iifname "%1$s" ip daddr %2$s meta l4proto { tcp, udp } th dport 53 goto judge
        }
      """
        .formatted(bridge, names);
  }

  private void add(PodPolicy policy) {
    boolean in = policy.direction() == Direction.INGRESS;
    var name = (in ? "in/" : "out/") + name(policy);
    var allowing = new ArrayList<String>();
    int index = 0;
    for (var rule : policy.rules()) {
      allowing.addAll(rule(rule, in, name + "/" + index++));
    }
    rules.chain(name, allowing);
    var byPod = isolated.computeIfAbsent(policy.direction(), any -> new TreeMap<>());
    policy
        .pods()
        .forEach(pod -> byPod.computeIfAbsent(pod, any -> new ArrayList<>()).add("jump " + name));
  }

  /** The kernel takes names of 255 characters; those of policies may have as many alone. */
  private static String name(PodPolicy policy) {
    var name = policy.key().toString();
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + digest(name);
  }

  private static String digest(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void isolate(Direction direction, SortedMap<String, List<String>> byPod) {
    boolean in = direction == Direction.INGRESS;
    byPod.forEach(
        (pod, policies) -> {
          var all = new ArrayList<>(policies);
          all.add("drop");
          var chain = (in ? "pods-in/" : "pods-out/") + digest(all.toString());
          rules.chain(chain, all);
          rules.element(in ? "pods-in" : "pods-out", pod, "goto " + chain);
          rules.element(THEMSELVES, pod + " . " + pod);
        });
  }

  /** Every pair of a kind of peers and a kind of ports is a rule of its own. */
  private List<String> rule(PolicyRule rule, boolean in, String name) {
    var verdict = in ? "accept" : "goto into-pods";
    var peers = rule.peers().map(some -> peers(some, in, name)).orElse(List.of(""));
    var ports = rule.ports().map(PolicyRules::numbers).orElse(List.of(""));
    var all = new ArrayList<String>();
    for (var peer : peers) {
      ports.forEach(port -> all.add(peer + port + verdict));
    }
    if (rule.ports().isPresent() && rule.ports().get().names()) {
      var set = name + "/ports";
      rules.set(set, "type ipv4_addr . inet_proto . inet_service;");
      rule.ports().get().named().forEach(each -> rules.element(set, each.toString()));
      var named = "ip daddr . meta l4proto . th dport @" + set + " ";
      // The sets of named ports of peers have the peers in them already.
      (in ? peers : List.of("")).forEach(peer -> all.add(peer + named + verdict));
    }
    return all;
  }

  private List<String> peers(PolicyRule.Peers peers, boolean in, String name) {
    var address = in ? "ip saddr " : "ip daddr ";
    var all = new ArrayList<String>();
    if (peers.selects()) {
      var set = name + "/peers";
      rules.set(set, "type ipv4_addr;");
      peers.pods().forEach(pod -> rules.element(set, pod));
      all.add(address + "@" + set + " ");
    }
    if (!peers.blocks().isEmpty()) {
      all.add(address + text(peers.blocks(), AddressRange::text) + " ");
    }
    return all;
  }

  private static List<String> numbers(PolicyRule.Ports ports) {
    var all = new ArrayList<String>();
    new TreeMap<>(ports.numbers())
        .forEach(
            (protocol, numbers) -> {
              var which =
                  numbers.isEmpty() ? "" : "th dport " + text(numbers, Long::toString) + " ";
              all.add("meta l4proto " + protocol.lower() + " " + which);
            });
    return all;
  }

  private static String text(Ranges ranges, LongFunction<String> number) {
    var text = new StringJoiner(", ", "{ ", " }");
    for (var range : ranges.list()) {
      var first = number.apply(range.first());
      text.add(range.first() == range.last() ? first : first + "-" + number.apply(range.last()));
    }
    return text.toString();
  }
}
