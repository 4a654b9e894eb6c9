package io.jkube.registry.networking;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.AddressRanges;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.List;

/** NetworkPolicies: who may speak to some pods, and to whom they may. */
public final class NetworkPolicies {
  private static final List<String> TYPES = List.of("Egress", "Ingress");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies")
          .shortNames("netpol")
          .generation()
          .column("Pod-Selector", policy -> Selectors.shown(policy.at("/spec/podSelector")))
          .ageColumn()
          .strategy(new NetworkPolicyStrategy())
          .build();

  private NetworkPolicies() {}

  private static final class NetworkPolicyStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode policy) {
      var spec = child(policy, "spec");
      child(spec, "podSelector");
      for (var rule : List.of("/ingress", "/egress")) {
        for (var each : objects(spec, rule)) {
          objects(each, "/ports").forEach(port -> putIfEmpty(port, "protocol", "TCP"));
        }
      }
      if (spec.path("policyTypes").isEmpty()) {
        var types = spec.putArray("policyTypes").add("Ingress");
        if (!spec.path("egress").isEmpty()) {
          types.add("Egress");
        }
      }
    }

    @Override
    public void validate(ObjectNode policy, Violations violations) {
      var spec = policy.path("spec");
      Selectors.validate(spec.path("podSelector"), "spec.podSelector", violations);
      rules(objects(spec, "/ingress"), "spec.ingress", "from", violations);
      rules(objects(spec, "/egress"), "spec.egress", "to", violations);
      var types = texts(spec, "/policyTypes");
      if (types.size() > TYPES.size()) {
        violations.invalid(
            "spec.policyTypes",
            spec.path("policyTypes"),
            "may not specify more than two policyTypes");
        return;
      }
      for (int i = 0; i < types.size(); i++) {
        if (!TYPES.contains(types.get(i))) {
          violations.notSupported("spec.policyTypes[" + i + "]", types.get(i), TYPES);
        }
      }
    }

    private static void rules(
        List<ObjectNode> rules, String at, String peers, Violations violations) {
      for (int i = 0; i < rules.size(); i++) {
        int port = 0;
        for (var each : objects(rules.get(i), "/ports")) {
          port(each, at + "[" + i + "].ports[" + port++ + "]", new Rules(violations));
        }
        int peer = 0;
        for (var each : objects(rules.get(i), "/" + peers)) {
          peer(each, at + "[" + i + "]." + peers + "[" + peer++ + "]", violations);
        }
      }
    }

    private static void port(ObjectNode port, String at, Rules rules) {
      rules.oneOf(port, "protocol", at, Rules.PROTOCOLS);
      var number = port.path("port");
      if (!number.isMissingNode()) {
        rules.portOrName(number, at + ".port");
      }
      if (port.hasNonNull("endPort")) {
        rules.port(port.path("endPort"), at + ".endPort");
        endPort(number, port.path("endPort"), at + ".endPort", rules.violations());
      }
    }

    private static void endPort(JsonNode port, JsonNode end, String at, Violations violations) {
      if (port.isMissingNode()) {
        violations.invalid(at, end, "may not be specified when `port` is not specified");
      } else if (port.isTextual()) {
        violations.invalid(at, end, "may not be specified when `port` is non-numeric");
      } else if (end.asInt() < port.asInt()) {
        violations.invalid(at, end, "must be greater than or equal to `port`");
      }
    }

    private static void peer(ObjectNode peer, String at, Violations violations) {
      for (var selector : List.of("podSelector", "namespaceSelector")) {
        Selectors.validate(peer.path(selector), at + "." + selector, violations);
      }
      boolean selects = peer.has("podSelector") || peer.has("namespaceSelector");
      if (!selects && !peer.has("ipBlock")) {
        violations.required(at, "must specify a peer");
      } else if (selects && peer.has("ipBlock")) {
        violations.forbidden(at, "may not specify both ipBlock and another peer");
      }
      if (peer.has("ipBlock")) {
        block(peer.path("ipBlock"), at + ".ipBlock", violations);
      }
    }

    private static void block(JsonNode block, String at, Violations violations) {
      var cidr = text(block, "/cidr");
      if (cidr.isEmpty()) {
        violations.required(at + ".cidr", "");
        return;
      }
      AddressRanges.validate(cidr, at + ".cidr", violations);
      var excepts = texts(block, "/except");
      for (int i = 0; i < excepts.size(); i++) {
        var where = at + ".except[" + i + "]";
        AddressRanges.validate(excepts.get(i), where, violations);
        if (AddressRanges.isRange(cidr)
            && AddressRanges.isRange(excepts.get(i))
            && !AddressRanges.isStrictlyInside(excepts.get(i), cidr)) {
          violations.invalid(where, excepts.get(i), "must be a strict subset of `cidr`");
        }
      }
    }
  }
}
