package io.jkube.network.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.network.policy.PodPolicy.Direction;
import io.jkube.network.policy.PolicyRule.NamedTarget;
import io.jkube.network.policy.PolicyRule.Peers;
import io.jkube.network.policy.PolicyRule.Ports;
import io.jkube.network.proxy.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the pods that policies speak of. */
final class PolicyReader {
  private final List<PolicyPod> pods;
  private final Map<String, List<PolicyPod>> byNamespace;
  private final Collection<PolicyNamespace> namespaces;

  PolicyReader(Collection<PolicyPod> pods, Collection<PolicyNamespace> namespaces) {
    this.pods = pods.stream().filter(pod -> !pod.address().isEmpty()).toList();
    this.byNamespace =
        this.pods.stream().collect(Collectors.groupingBy(pod -> pod.key().namespace()));
    this.namespaces = namespaces;
  }

  PodPolicy read(ObjectNode policy, Direction direction) {
    var key = Json.key(policy);
    var selected = inNamespace(key.namespace(), policy.at("/spec/podSelector"));
    var rules = new ArrayList<PolicyRule>();
    boolean in = direction == Direction.INGRESS;
    for (var rule : policy.at(in ? "/spec/ingress" : "/spec/egress")) {
      var peers = rule.path(in ? "from" : "to");
      var known = podsOf(peers, key);
      rules.add(
          new PolicyRule(
              peers.isEmpty() ? Optional.empty() : Optional.of(peers(peers, known)),
              rule.path("ports").isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      ports(rule.path("ports"), in ? selected : peers.isEmpty() ? pods : known))));
    }
    return new PodPolicy(key, direction, addresses(selected), rules);
  }

  private static Peers peers(JsonNode peers, Collection<PolicyPod> known) {
    boolean selects = false;
    var blocks = Ranges.NONE;
    for (var peer : peers) {
      if (peer.has("ipBlock")) {
        blocks = blocks.and(AddressBlock.of(peer.path("ipBlock")));
      } else {
        selects = true;
      }
    }
    return new Peers(selects, addresses(known), blocks);
  }

  private Set<PolicyPod> podsOf(JsonNode peers, ObjectKey policy) {
    var found = new LinkedHashSet<PolicyPod>();
    for (var peer : peers) {
      var selector = peer.path("podSelector");
      if (peer.has("namespaceSelector")) {
        var theirs = LabelSelector.of(peer.path("namespaceSelector"));
        var which = selector.isMissingNode() ? Json.object() : selector;
        namespaces.stream()
            .filter(namespace -> theirs.matches(namespace.labels()))
            .forEach(namespace -> found.addAll(inNamespace(namespace.name(), which)));
      } else if (peer.has("podSelector")) {
        found.addAll(inNamespace(policy.namespace(), selector));
      }
    }
    return found;
  }

  private List<PolicyPod> inNamespace(String namespace, JsonNode selector) {
    var labels = LabelSelector.of(selector);
    return byNamespace.getOrDefault(namespace, List.of()).stream()
        .filter(pod -> labels.matches(pod.labels()))
        .toList();
  }

  private static TreeSet<String> addresses(Collection<PolicyPod> pods) {
    var addresses = new TreeSet<String>();
    pods.forEach(pod -> addresses.add(pod.address()));
    return addresses;
  }

  /**
   * @param targets the pods that the traffic is to
   */
  private static Ports ports(JsonNode ports, Collection<PolicyPod> targets) {
    var numbers = new EnumMap<Protocol, Ranges>(Protocol.class);
    var whole = new ArrayList<Protocol>();
    boolean names = false;
    var named = new TreeSet<NamedTarget>();
    for (var port : ports) {
      var protocol = Protocol.of(port.path("protocol").asText());
      var which = port.path("port");
      if (which.isTextual()) {
        names = true;
        addNamed(which.asText(), protocol, targets, named);
      } else if (which.isNumber()) {
        var range = Ranges.of(which.asInt(), port.path("endPort").asInt(which.asInt()));
        numbers.merge(protocol, range, Ranges::and);
      } else {
        whole.add(protocol);
      }
    }
    whole.forEach(protocol -> numbers.put(protocol, Ranges.NONE));
    return new Ports(numbers, names, named);
  }

  private static void addNamed(
      String name, Protocol protocol, Collection<PolicyPod> targets, Set<NamedTarget> named) {
    for (var pod : targets) {
      for (var port : pod.ports()) {
        if (port.name().equals(name) && port.protocol() == protocol) {
          named.add(new NamedTarget(pod.address(), protocol, port.number()));
        }
      }
    }
  }
}
