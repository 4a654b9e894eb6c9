package io.jkube.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cli.command.CommandFailure;
import java.util.List;

/** A Service as its generators make it: labelled and selecting by its own name. */
final class ServiceObject {
  private static final int MAX_PORT = 65535;

  private ServiceObject() {}

  /**
   * @param tcp {@code PORT} or {@code PORT:TARGET}, the target a number or a name
   */
  static ObjectNode of(String type, String name, CreateFlags flags, List<String> tcp) {
    var service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    flags.metadata(service, name).putObject("labels").put("app", name);
    var spec = service.putObject("spec").put("type", type);
    spec.putObject("selector").put("app", name);
    for (var port : tcp) {
      spec.withArrayProperty("ports").add(port(port));
    }
    service.putObject("status").putObject("loadBalancer");
    return service;
  }

  private static ObjectNode port(String typed) {
    int colon = typed.indexOf(':');
    int number = number(colon < 0 ? typed : typed.substring(0, colon));
    var port = Json.object().put("name", typed.replace(':', '-')).put("port", number);
    port.put("protocol", "TCP");
    var target = typed.substring(colon + 1);
    return target.matches("\\d+")
        ? port.put("targetPort", number(target))
        : port.put("targetPort", target);
  }

  private static int number(String digits) {
    if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > MAX_PORT) {
      throw new CommandFailure("invalid port: \"" + digits + "\"");
    }
    return Integer.parseInt(digits);
  }
}
