package io.jkube.registry.discovery;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Addresses;
import io.jkube.registry.validation.Rules;
import java.util.List;
import java.util.Set;

/** EndpointSlices: some of the addresses behind a service. */
public final class EndpointSlices {
  private static final int SHOWN = 3;
  private static final int MAX_ENDPOINTS = 1000;
  private static final int MAX_PORTS = 100;
  private static final int MAX_ADDRESSES = 100;
  private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices")
          .generation()
          .column("AddressType", slice -> text(slice, "/addressType"))
          .column("Ports", EndpointSlices::ports)
          .column("Endpoints", EndpointSlices::endpoints)
          .ageColumn()
          .strategy(new EndpointSliceStrategy())
          .build();

  private EndpointSlices() {}

  private static String ports(ObjectNode slice) {
    return shown(
        objects(slice, "/ports").stream()
            .map(port -> port.has("port") ? text(port, "/port") : "*")
            .toList());
  }

  private static String endpoints(ObjectNode slice) {
    return shown(
        objects(slice, "/endpoints").stream()
            .flatMap(endpoint -> texts(endpoint, "/addresses").stream())
            .toList());
  }

  private static String shown(List<String> all) {
    if (all.isEmpty()) {
      return "<unset>";
    }
    var first = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
    return all.size() > SHOWN ? first + " + " + (all.size() - SHOWN) + " more..." : first;
  }

  private static final class EndpointSliceStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode slice) {
      for (var port : objects(slice, "/ports")) {
        if (!port.has("name")) {
          port.put("name", "");
        }
        Tree.putIfEmpty(port, "protocol", "TCP");
      }
    }

    @Override
    public void validate(ObjectNode slice, Violations violations) {
      var type = text(slice, "/addressType");
      if (type.isEmpty()) {
        violations.required("addressType", "");
      } else if (!TYPES.contains(type)) {
        violations.notSupported("addressType", type, TYPES);
      }
      tooMany(slice, "/endpoints", "endpoints", MAX_ENDPOINTS, violations);
      tooMany(slice, "/ports", "ports", MAX_PORTS, violations);
      int index = 0;
      for (var endpoint : objects(slice, "/endpoints")) {
        endpoint(endpoint, "endpoints[" + index++ + "]", type, violations);
      }
      ports(slice, new Rules(violations));
    }

    private static void endpoint(
        ObjectNode endpoint, String at, String type, Violations violations) {
      var addresses = texts(endpoint, "/addresses");
      if (addresses.isEmpty()) {
        violations.required(at + ".addresses", "must contain at least 1 address");
      }
      tooMany(endpoint, "/addresses", at + ".addresses", MAX_ADDRESSES, violations);
      for (int i = 0; i < addresses.size(); i++) {
        if (Set.of("IPv4", "IPv6").contains(type)) {
          Addresses.validate(addresses.get(i), at + ".addresses[" + i + "]", violations);
        }
      }
    }

    private static void ports(ObjectNode slice, Rules rules) {
      var ports = objects(slice, "/ports");
      rules.unique(ports, "name", "ports");
      for (int i = 0; i < ports.size(); i++) {
        rules.oneOf(ports.get(i), "protocol", "ports[" + i + "]", Rules.PROTOCOLS);
        if (ports.get(i).has("port")) {
          rules.port(ports.get(i).path("port"), "ports[" + i + "].port");
        }
      }
    }

    private static void tooMany(
        ObjectNode holder, String pointer, String at, int most, Violations violations) {
      int size = Tree.size(holder, pointer);
      if (size > most) {
        violations.add(
            "FieldValueTooMany",
            at,
            "Too many: " + size + ": must have at most " + most + " items");
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations).immutable(updated, current, "addressType", "");
    }
  }
}
