package io.jkube.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.ExitCode;
import java.util.LinkedHashSet;

/** Words a failure on stderr as kubectl words it, so that scripts that grep it go on working. */
final class FailureText {
  private FailureText() {}

  /**
   * @return the exit code
   */
  static int print(RuntimeException failure, CommandContext context) {
    if (failure instanceof ApiException refused) {
      context.err().println(text(refused));
    } else {
      context.err().println("error: " + failure);
      failure.printStackTrace(context.err());
    }
    return ExitCode.FAILED;
  }

  static String text(ApiException refused) {
    var message = refused.getMessage();
    return switch (refused.reason()) {
      case INVALID -> invalid(message, refused.status().path("details"));
      case UNAUTHORIZED -> "error: You must be logged in to the server (" + message + ")";
      case UNKNOWN -> "Error from server: " + message;
      case BAD_REQUEST,
          FORBIDDEN,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          ALREADY_EXISTS,
          CONFLICT,
          GONE,
          EXPIRED,
          REQUEST_ENTITY_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          TOO_MANY_REQUESTS,
          INTERNAL_ERROR,
          NOT_IMPLEMENTED,
          SERVICE_UNAVAILABLE,
          TIMEOUT ->
          "Error from server (" + named(refused.reason()) + "): " + message;
    };
  }

  private static String named(StatusReason reason) {
    return reason.text();
  }

  private static String invalid(String message, JsonNode details) {
    if (details.isMissingNode()) {
      return "The request is invalid: " + message;
    }
    var kind = details.path("kind").asText();
    var name = details.path("name").asText();
    var subject =
        kind.isEmpty() && name.isEmpty()
            ? "The request is invalid"
            : "The " + kind + " \"" + name + "\" is invalid";
    var causes = new LinkedHashSet<String>();
    for (var cause : details.path("causes")) {
      causes.add(cause.path("field").asText() + ": " + cause.path("message").asText());
    }
    return switch (causes.size()) {
      case 0 -> subject.startsWith("The request") ? subject + ": " + message : subject;
      case 1 -> subject + ": " + causes.getFirst();
      default -> subject + ": \n* " + String.join("\n* ", causes);
    };
  }
}
