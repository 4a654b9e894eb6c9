package io.jkube.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.ResourceCall;
import java.util.List;
import java.util.Set;

/**
 * What a client asks of a stream, out of its query, as the object of a CONNECT: {@code
 * PodExecOptions}, {@code PodPortForwardOptions}, {@code ServiceProxyOptions} and the like.
 */
public final class ConnectOptions {
  /** The subresources that are streams. */
  public static final Set<String> SUBRESOURCES = Set.of("exec", "attach", "portforward", "proxy");

  private static final List<String> FLAGS = List.of("stdin", "stdout", "stderr", "tty");

  private ConnectOptions() {}

  /**
   * @param subresource one of {@link #SUBRESOURCES}
   */
  public static ObjectNode of(ResourceCall call, String subresource) {
    var options = Json.object().put("kind", kind(call, subresource)).put("apiVersion", "v1");
    var request = call.request();
    for (var flag : FLAGS) {
      if (request.flag(flag)) {
        options.put(flag, true);
      }
    }
    if (request.has("container")) {
      options.put("container", request.parameter("container"));
    }
    request.query().getOrDefault("command", List.of()).forEach(options.withArray("command")::add);
    if (options.path("command").isEmpty()) {
      options.remove("command");
    }
    if (subresource.equals("proxy")) {
      var path = call.info().subresource().substring("proxy".length());
      options.put("path", path.isEmpty() ? "/" : path);
    }
    return options;
  }

  private static String kind(ResourceCall call, String subresource) {
    return switch (subresource) {
      case "exec" -> "PodExecOptions";
      case "attach" -> "PodAttachOptions";
      case "portforward" -> "PodPortForwardOptions";
      default -> call.definition().kind().kind() + "ProxyOptions";
    };
  }
}
