package io.jkube.registry.core;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import java.util.ArrayList;

/** Endpoints: the addresses behind a service, as clients older than EndpointSlice read them. */
public final class Endpoints {
  private static final int SHOWN = 3;

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "Endpoints", "endpoints")
          .shortNames("ep")
          .column("Endpoints", Endpoints::addresses)
          .ageColumn()
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
}
