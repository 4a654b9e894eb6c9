package io.jkube.kubelet.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The variables that tell a container of Services, as Docker's links did (Kubernetes: "Discovering
 * services: Environment variables").
 */
public final class ServiceVariables {
  private ServiceVariables() {}

  /**
   * @param services trees of those the pod is told of
   */
  public static Map<String, String> of(List<? extends JsonNode> services) {
    var variables = new LinkedHashMap<String, String>();
    for (var service : services) {
      var address = service.path("spec").path("clusterIP").asText("");
      if (!address.isEmpty() && !address.equals("None") && service.at("/spec/ports/0").isObject()) {
        describe(service, address, variables);
      }
    }
    return variables;
  }

  private static void describe(JsonNode service, String address, Map<String, String> variables) {
    var prefix = upper(service.at("/metadata/name").asText());
    var ports = service.path("spec").path("ports");
    variables.put(prefix + "_SERVICE_HOST", address);
    variables.put(prefix + "_SERVICE_PORT", ports.get(0).path("port").asText());
    for (var port : ports) {
      var name = port.path("name").asText("");
      if (!name.isEmpty()) {
        variables.put(prefix + "_SERVICE_PORT_" + upper(name), port.path("port").asText());
      }
    }
    variables.put(prefix + "_PORT", url(address, ports.get(0)));
    for (var port : ports) {
      var protocol = protocol(port);
      var link = prefix + "_PORT_" + port.path("port").asText() + "_" + upper(protocol);
      variables.put(link, url(address, port));
      variables.put(link + "_PROTO", protocol);
      variables.put(link + "_PORT", port.path("port").asText());
      variables.put(link + "_ADDR", address);
    }
  }

  private static String url(String address, JsonNode port) {
    return protocol(port) + "://" + address + ":" + port.path("port").asText();
  }

  private static String protocol(JsonNode port) {
    return port.path("protocol").asText("TCP").toLowerCase(Locale.ROOT);
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
