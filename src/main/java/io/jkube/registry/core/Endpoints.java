package io.jkube.registry.core;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Addresses;
import io.jkube.registry.validation.Rules;
import java.util.ArrayList;

/** Endpoints: the addresses behind a service, as clients older than EndpointSlice read them. */
public final class Endpoints {
  private static final int SHOWN = 3;

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "Endpoints", "endpoints")
          .shortNames("ep")
          .column("Endpoints", Endpoints::addresses)
          .ageColumn()
          .strategy(new EndpointsStrategy())
          .build();

  private Endpoints() {}

  private static String addresses(ObjectNode endpoints) {
    var all = new ArrayList<String>();
    for (var subset : objects(endpoints, "/subsets")) {
      var ports = objects(subset, "/ports");
      for (var address : objects(subset, "/addresses")) {
        var ip = text(address, "/ip");
        if (ports.isEmpty()) {
          all.add(ip);
        }
        ports.forEach(port -> all.add(hostPort(ip, text(port, "/port"))));
      }
    }
    if (all.isEmpty()) {
      return "<none>";
    }
    var shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
    return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
  }

  private static String hostPort(String ip, String port) {
    return ip.contains(":") ? "[" + ip + "]:" + port : ip + ":" + port;
  }

  private static final class EndpointsStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode endpoints) {
      for (var subset : objects(endpoints, "/subsets")) {
        objects(subset, "/ports").forEach(port -> Tree.putIfEmpty(port, "protocol", "TCP"));
      }
    }

    @Override
    public void validate(ObjectNode endpoints, Violations violations) {
      var rules = new Rules(violations);
      int index = 0;
      for (var subset : objects(endpoints, "/subsets")) {
        var at = "subsets[" + index++ + "]";
        if (Tree.isEmpty(subset.path("addresses"))
            && Tree.isEmpty(subset.path("notReadyAddresses"))) {
          violations.required(at, "must specify `addresses` or `notReadyAddresses`");
        }
        addresses(subset, "addresses", at, violations);
        addresses(subset, "notReadyAddresses", at, violations);
        ports(subset, at, rules);
      }
    }

    private static void addresses(
        ObjectNode subset, String field, String at, Violations violations) {
      int index = 0;
      for (var address : objects(subset, "/" + field)) {
        var path = at + "." + field + "[" + index++ + "].ip";
        Addresses.validate(text(address, "/ip"), path, violations);
      }
    }

    private static void ports(ObjectNode subset, String at, Rules rules) {
      var ports = objects(subset, "/ports");
      for (int i = 0; i < ports.size(); i++) {
        var path = at + ".ports[" + i + "]";
        if (ports.size() > 1) {
          rules.required(ports.get(i), "name", path);
        }
        rules.optionalName(ports.get(i), "name", path, NameRule.DNS_LABEL);
        rules.port(ports.get(i).path("port"), path + ".port");
        rules.oneOf(ports.get(i), "protocol", path, Rules.PROTOCOLS);
      }
    }
  }
}
