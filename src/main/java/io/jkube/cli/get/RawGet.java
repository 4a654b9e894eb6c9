package io.jkube.cli.get;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.client.ApiCall;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get --raw}: the server's answer as it comes. */
record RawGet(String path) {
  int run(CommandContext context) {
    var uri = URI.create(path);
    var call = new ApiCall("GET", uri.getPath(), query(uri), ApiCall.JSON, null, null);
    try (var body = context.transport().stream(call);
        var stop = context.interruption().onInterrupt(() -> close(body))) {
      body.transferTo(context.out());
      return ExitCode.OK;
    } catch (IOException broken) {
      throw new CommandFailure("reading " + path + ": " + broken.getMessage());
    }
  }

  private static void close(AutoCloseable body) {
    try {
      body.close();
    } catch (Exception ended) {
      // Closing is how the reader is told to stop; that it had stopped already is as good.
      return;
    }
  }

  private static Map<String, List<String>> query(URI uri) {
    var query = new LinkedHashMap<String, List<String>>();
    if (uri.getQuery() != null) {
      for (var pair : uri.getQuery().split("&")) {
        int equals = pair.indexOf('=');
        query.put(
            equals < 0 ? pair : pair.substring(0, equals),
            List.of(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
    return query;
  }
}
