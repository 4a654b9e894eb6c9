package io.jkube.cli.stream;

import io.jkube.client.ApiCall;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What is asked of a container's process.
 *
 * @param pod the path of the pod
 * @param subresource {@code exec} or {@code attach}
 * @param command what to start; empty for attach
 */
public record ProcessCall(
    String pod,
    String subresource,
    String container,
    List<String> command,
    boolean stdin,
    boolean terminal) {
  ApiCall call() {
    var query = new LinkedHashMap<String, List<String>>();
    query.put("container", List.of(container));
    if (!command.isEmpty()) {
      query.put("command", command);
    }
    query.put("stdin", List.of(Boolean.toString(stdin)));
    query.put("stdout", List.of("true"));
    query.put("stderr", List.of(Boolean.toString(!terminal)));
    query.put("tty", List.of(Boolean.toString(terminal)));
    return ApiCall.of("GET", pod + "/" + subresource, query, null);
  }
}
