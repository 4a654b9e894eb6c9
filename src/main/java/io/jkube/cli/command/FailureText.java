package io.jkube.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Words a failure on stderr as kubectl words it, so that scripts that grep it go on working. */
public final class FailureText {
  private FailureText() {}

  /** With a newline at its end. */
  public static String of(RuntimeException failure) {
    return switch (failure) {
      case ApiException refused -> text(refused) + "\n";
      case CommandFailure own -> (own.isInFull() ? "" : "error: ") + own.getMessage() + "\n";
      default -> unexpected(failure);
    };
  }

  /** Failures of one command; where there are several, each takes a line and no more. */
  public static String of(List<? extends RuntimeException> failures) {
    return failures.size() == 1
        ? of(failures.getFirst())
        : failures.stream().map(FailureText::line).collect(Collectors.joining());
  }

  private static String line(RuntimeException failure) {
    return switch (failure) {
      case ApiException refused ->
          "Error from server (" + refused.reason().text() + "): " + refused.getMessage() + "\n";
      case CommandFailure own -> own.getMessage() + "\n";
      default -> unexpected(failure);
    };
  }

  /** A fault of ours: the trace is what somebody who reports it has to send. */
  private static String unexpected(RuntimeException failure) {
    var text = new StringWriter().append("error: ");
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String text(ApiException refused) {
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
          "Error from server (" + refused.reason().text() + "): " + message;
    };
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
