package io.jkube.apiserver.stream;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.ApiRequest;
import java.util.List;

/**
 * What a client wants of a process: upstream's PodExecOptions and PodAttachOptions, without the
 * container.
 *
 * @param command empty for the container's first process
 */
public record CommandOptions(
    List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty) {
  public CommandOptions {
    command = List.copyOf(command);
  }

  /** Reads the parameters of a request. With a terminal there is no stream of errors. */
  public static CommandOptions of(ApiRequest request) {
    boolean tty = request.flag("tty");
    var options =
        new CommandOptions(
            request.query().getOrDefault("command", List.of()),
            request.flag("stdin"),
            request.flag("stdout"),
            request.flag("stderr") && !tty,
            tty);
    if (!options.stdin && !options.stdout && !options.stderr) {
      throw ApiException.badRequest("you must specify at least 1 of stdin, stdout, stderr");
    }
    return options;
  }

  /** For a process that runs already. */
  public CommandOptions withoutCommand() {
    return new CommandOptions(List.of(), stdin, stdout, stderr, tty);
  }
}
