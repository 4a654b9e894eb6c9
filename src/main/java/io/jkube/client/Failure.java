package io.jkube.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import java.nio.charset.StandardCharsets;

/** Reads what a server answered when it refused: a Status, or whatever a proxy on the way says. */
public final class Failure {
  private static final int LONGEST_TEXT = 500;

  private Failure() {}

  public static ApiException of(int code, byte[] body) {
    try {
      var status = Json.parse(body);
      if (status.path("kind").asText().equals("Status")) {
        return of(status);
      }
    } catch (ApiException notJson) {
      return new ApiException(reason(code), text(code, body));
    }
    return new ApiException(reason(code), text(code, body));
  }

  static ApiException of(JsonNode status) {
    var named = StatusReason.of(status.path("reason").asText());
    var reason = named == StatusReason.UNKNOWN ? reason(status.path("code").asInt()) : named;
    var details = status.path("details") instanceof ObjectNode object ? object : null;
    return new ApiException(reason, status.path("message").asText(), details);
  }

  private static StatusReason reason(int code) {
    for (var reason : StatusReason.values()) {
      if (reason.code() == code) {
        return reason;
      }
    }
    return StatusReason.UNKNOWN;
  }

  private static String text(int code, byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8).strip();
    var shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    return "the server answered " + code + (shown.isEmpty() ? "" : ": " + shown);
  }
}
