package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.exception.DockerException;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Turns what an engine refused, and a lost connection, into a {@link RuntimeFailure}. */
final class EngineFailures {
  private EngineFailures() {}

  /** An answer with an error's status; the body is {@code {"message": "..."}}. */
  static RuntimeFailure refused(int status, String body) {
    return refused(status, body, null);
  }

  static RuntimeFailure of(RuntimeException failure) {
    return switch (failure) {
      case RuntimeFailure already -> already;
      case DockerException refused ->
          refused(refused.getHttpStatus(), refused.getMessage(), refused);
      default -> failure.getCause() instanceof IOException lost ? lost(lost) : unexpected(failure);
    };
  }

  static RuntimeFailure lost(IOException lost) {
    if (lost instanceof ClosedByInterruptException) {
      return new RuntimeFailure(Kind.INTERRUPTED, "interrupted while the engine worked", lost);
    }
    return new RuntimeFailure(
        Kind.UNREACHABLE, "the Docker Engine does not answer: " + lost.getMessage(), lost);
  }

  static RuntimeFailure unexpected(Exception failure) {
    return new RuntimeFailure(
        Kind.REFUSED, "the Docker Engine's answer was not understood: " + failure, failure);
  }

  private static RuntimeFailure refused(int status, String body, Throwable cause) {
    var message = message(body);
    return new RuntimeFailure(kind(status, message), message, cause);
  }

  /** A container that is to be joined and is not there comes under several statuses. */
  private static Kind kind(int status, String message) {
    return switch (status) {
      case 401 -> Kind.UNAUTHORIZED;
      case 404 -> Kind.NOT_FOUND;
      case 409 -> Kind.CONFLICT;
      default -> message.startsWith("No such container") ? Kind.NOT_FOUND : Kind.REFUSED;
    };
  }

  /** docker-java puts {@code Status 404: } before the body. */
  private static String message(String body) {
    if (body == null) {
      return "";
    }
    try {
      return Json.MAPPER
          .readTree(body.substring(Math.max(0, body.indexOf('{'))))
          .path("message")
          .asText(body)
          .strip();
    } catch (JsonProcessingException notJson) {
      return body.strip();
    }
  }
}
