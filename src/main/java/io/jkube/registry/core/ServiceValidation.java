package io.jkube.registry.core;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Addresses;
import io.jkube.registry.validation.Rules;
import java.util.HashSet;
import java.util.List;

/** What a service must be like: upstream's {@code ValidateService} and its update twin. */
final class ServiceValidation {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> AFFINITIES = List.of("ClientIP", "None");
  private static final List<String> TRAFFIC_POLICIES = List.of("Cluster", "Local");

  private final ObjectNode spec;
  private final Violations violations;
  private final Rules rules;

  private ServiceValidation(ObjectNode spec, Violations violations) {
    this.spec = spec;
    this.violations = violations;
    this.rules = new Rules(violations);
  }

  static void validate(ObjectNode service, Violations violations) {
    new ServiceValidation(Tree.child(service, "spec"), violations).run();
  }

  private void run() {
    var type = text(spec, "/type");
    boolean headless = text(spec, "/clusterIP").equals("None");
    if (objects(spec, "/ports").isEmpty() && !headless && !type.equals("ExternalName")) {
      violations.required("spec.ports", "");
    }
    switch (type) {
      case "ExternalName" -> externalName();
      case "LoadBalancer", "NodePort" -> {
        if (headless) {
          violations.invalid(
              "spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services");
        }
      }
      default -> {} // a cluster IP may be None; other types are not supported, see below
    }
    ports(type);
    rules.labels(spec.path("selector"), "spec.selector");
    rules.oneOf(spec, "sessionAffinity", "spec", AFFINITIES);
    rules.oneOf(spec, "type", "spec", TYPES);
    rules.oneOf(spec, "externalTrafficPolicy", "spec", TRAFFIC_POLICIES);
    rules.oneOf(spec, "internalTrafficPolicy", "spec", TRAFFIC_POLICIES);
    addresses();
  }

  private void externalName() {
    if (!texts(spec, "/clusterIPs").isEmpty()) {
      violations.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
    }
    rules.name(spec, "externalName", "spec", NameRule.DNS_SUBDOMAIN);
  }

  private void addresses() {
    int index = 0;
    for (var address : texts(spec, "/clusterIPs")) {
      if (!address.equals("None")) {
        Addresses.validate(address, "spec.clusterIPs[" + index + "]", violations);
      }
      index++;
    }
    index = 0;
    for (var address : texts(spec, "/externalIPs")) {
      Addresses.validate(address, "spec.externalIPs[" + index++ + "]", violations);
    }
  }

  private void ports(String type) {
    var ports = objects(spec, "/ports");
    var pairs = new HashSet<String>();
    rules.unique(ports, "name", "spec.ports");
    for (int i = 0; i < ports.size(); i++) {
      var port = ports.get(i);
      var at = "spec.ports[" + i + "]";
      if (ports.size() > 1) {
        rules.required(port, "name", at);
      }
      rules.optionalName(port, "name", at, NameRule.DNS_LABEL);
      rules.port(port.path("port"), at + ".port");
      rules.oneOf(port, "protocol", at, Rules.PROTOCOLS);
      rules.portOrName(port.path("targetPort"), at + ".targetPort");
      if (type.equals("ClusterIP") && port.path("nodePort").asInt() != 0) {
        violations.forbidden(at + ".nodePort", "may not be used when `type` is 'ClusterIP'");
      }
      if (!pairs.add(text(port, "/protocol") + port.path("port"))) {
        violations.add("FieldValueDuplicate", at, "Duplicate value: " + pair(port));
      }
    }
  }

  /** As upstream prints it: the two fields that count. */
  private static String pair(ObjectNode port) {
    return "{\"protocol\":\"" + text(port, "/protocol") + "\",\"port\":" + port.path("port") + "}";
  }

  static void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    var before = text(current, "/spec/clusterIP");
    var after = text(updated, "/spec/clusterIP");
    boolean had = !text(current, "/spec/type").equals("ExternalName");
    boolean has = !text(updated, "/spec/type").equals("ExternalName");
    if (had && has && !before.isEmpty() && !before.equals(after)) {
      violations.invalid(
          "spec.clusterIPs[0]", updated.at("/spec/clusterIPs"), "may not change once set");
    }
  }
}
