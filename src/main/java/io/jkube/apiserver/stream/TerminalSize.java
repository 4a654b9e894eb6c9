package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.util.Optional;

/** The size of a client's terminal, which it tells as {@code {"Width":80,"Height":24}}. */
record TerminalSize(int columns, int rows) {
  private static final int MOST = 0xffff;

  /** Empty when it is no such thing. */
  static Optional<TerminalSize> parse(byte[] json) {
    try {
      return of(Json.parse(json));
    } catch (ApiException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<TerminalSize> of(JsonNode told) {
    int columns = told.path("Width").asInt(-1);
    int rows = told.path("Height").asInt(-1);
    boolean possible = columns >= 0 && columns <= MOST && rows >= 0 && rows <= MOST;
    return possible ? Optional.of(new TerminalSize(columns, rows)) : Optional.empty();
  }
}
