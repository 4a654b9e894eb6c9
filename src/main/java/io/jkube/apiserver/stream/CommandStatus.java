package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.List;

/** How a command ended, as clients read it from the error channel. */
final class CommandStatus {
  private CommandStatus() {}

  static ObjectNode success() {
    var status = Json.object();
    status.putObject("metadata");
    return status.put("status", "Success");
  }

  static ObjectNode exited(List<String> command, int exitCode) {
    if (exitCode == 0) {
      return success();
    }
    var status = Json.object();
    status.putObject("metadata");
    status.put("status", "Failure");
    status.put(
        "message",
        "command terminated with non-zero exit code: error executing command %s, exit code %d"
            .formatted("[" + String.join(" ", command) + "]", exitCode));
    status.put("reason", "NonZeroExitCode");
    status
        .putObject("details")
        .putArray("causes")
        .addObject()
        .put("reason", "ExitCode")
        .put("message", Integer.toString(exitCode));
    return status;
  }
}
