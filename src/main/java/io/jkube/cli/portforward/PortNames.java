package io.jkube.cli.portforward;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.cli.command.CommandFailure;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code LOCAL:REMOTE}, {@code REMOTE} and {@code :REMOTE}, where the remote port is a number
 * or a name: of the pod's, or of a Service's, which leads to one of the pod's.
 *
 * @param object what the user named: a pod, a Service, or what has pods
 */
record PortNames(JsonNode object, JsonNode pod) {
  private static final int HIGHEST = 65_535;

  PortPair read(String text) {
    var parts = text.split(":", -1);
    if (parts.length > 2 || parts[parts.length - 1].isEmpty()) {
      throw new CommandFailure("invalid port format '" + text + "'");
    }
    var remote = parts[parts.length - 1];
    int target = isService() ? ofService(remote) : ofPod(remote);
    return new PortPair(parts.length == 2 ? local(parts[0]) : number(remote, target), target);
  }

  private boolean isService() {
    return object.path("kind").asText().equals("Service");
  }

  private static int local(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    return parsed(text)
        .orElseThrow(() -> new CommandFailure("error parsing local port '" + text + "'"));
  }

  /** Alone, the number that was typed counts here too; a name stands for its port. */
  private static int number(String remote, int target) {
    return parsed(remote).orElse(target);
  }

  private static Optional<Integer> parsed(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(text));
  }

  private int ofPod(String remote) {
    if (remote.matches("\\d+")) {
      return parsed(remote)
          .filter(port -> port > 0)
          .orElseThrow(() -> new CommandFailure("remote port must be > 0 and <= " + HIGHEST));
    }
    return namedPort(remote)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "Pod '%s' does not have a named port '%s'".formatted(name(pod), remote)));
  }

  private int ofService(String remote) {
    var port =
        object
            .at("/spec/ports")
            .valueStream()
            .filter(each -> isCalled(each, remote))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "Service %s does not have a service port %s"
                            .formatted(name(object), remote)));
    var target = port.path("targetPort");
    if (object.at("/spec/clusterIP").asText().equals("None") || target.asText().isEmpty()) {
      return port.path("port").asInt();
    }
    return ofPod(target.asText());
  }

  private static boolean isCalled(JsonNode port, String typed) {
    return port.path("port").asText().equals(typed) || port.path("name").asText().equals(typed);
  }

  private Optional<Integer> namedPort(String wanted) {
    return List.of("containers", "initContainers").stream()
        .flatMap(list -> pod.path("spec").path(list).valueStream())
        .flatMap(container -> container.path("ports").valueStream())
        .filter(port -> port.path("name").asText().equals(wanted))
        .map(port -> port.path("containerPort").asInt())
        .findFirst();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }
}
