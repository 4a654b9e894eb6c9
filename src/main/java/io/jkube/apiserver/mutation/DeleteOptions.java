package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.ApiRequest;

/**
 * How to delete: from the body, and from the query where the body says nothing.
 *
 * @param gracePeriodSeconds null where the client leaves it to the kind
 * @param propagation what becomes of the dependents
 * @param uid the object's expected uid, or empty
 * @param resourceVersion the object's expected one, or empty
 */
public record DeleteOptions(
    Long gracePeriodSeconds,
    Propagation propagation,
    String uid,
    String resourceVersion,
    boolean dryRun) {
  /** What the garbage collector is told, by a finalizer. */
  public enum Propagation {
    /** As the kind has it: in the background. */
    UNSAID,
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  public static DeleteOptions of(ApiRequest request) {
    var body = BodyReader.optionalObject(request);
    return of(body == null ? Json.object() : body, request);
  }

  /** Out of options that came inside another object. */
  public static DeleteOptions of(ObjectNode options, ApiRequest request) {
    var preconditions = options.path("preconditions");
    return new DeleteOptions(
        gracePeriod(options, request),
        propagation(options, request),
        preconditions.path("uid").asText(),
        preconditions.path("resourceVersion").asText(),
        options.path("dryRun").size() > 0 || request.has("dryRun"));
  }

  private static Long gracePeriod(ObjectNode options, ApiRequest request) {
    if (options.hasNonNull("gracePeriodSeconds")) {
      return options.get("gracePeriodSeconds").asLong();
    }
    var asked = request.parameter("gracePeriodSeconds");
    if (asked.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(asked);
    } catch (NumberFormatException malformed) {
      throw ApiException.badRequest("gracePeriodSeconds is not a number: \"" + asked + "\"");
    }
  }

  private static Propagation propagation(ObjectNode options, ApiRequest request) {
    var asked = options.path("propagationPolicy").asText(request.parameter("propagationPolicy"));
    if (asked.isEmpty()) {
      var orphan = options.path("orphanDependents").asText(request.parameter("orphanDependents"));
      return switch (orphan) {
        case "true" -> Propagation.ORPHAN;
        case "false" -> Propagation.BACKGROUND;
        default -> Propagation.UNSAID;
      };
    }
    return switch (asked) {
      case "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default ->
          throw ApiException.badRequest(
              "propagationPolicy: Unsupported value: \""
                  + asked
                  + "\": supported values: \"Foreground\", \"Background\", \"Orphan\"");
    };
  }
}
