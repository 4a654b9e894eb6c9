package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The stream of JSON objects with which an engine tells how far a pull or a load is. */
final class Progress {
  private Progress() {}

  /**
   * Reads to the end.
   *
   * @param lines gets {@code id: status progress} for each object
   * @throws RuntimeFailure when the engine says in the middle that it failed
   */
  static void readAll(InputStream body, Consumer<String> lines) throws IOException {
    try (var objects = Json.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
      while (objects.hasNextValue()) {
        var object = objects.nextValue();
        if (object.has("error")) {
          var message = object.path("error").asText();
          throw new RuntimeFailure(PullFailures.kind(message), message, null);
        }
        lines.accept(line(object));
      }
    }
  }

  private static String line(JsonNode object) {
    var line = new StringBuilder();
    if (object.hasNonNull("id")) {
      line.append(object.get("id").asText()).append(": ");
    }
    line.append(object.path("status").asText(object.path("stream").asText()).strip());
    if (object.hasNonNull("progress")) {
      line.append(' ').append(object.get("progress").asText());
    }
    return line.toString();
  }
}
