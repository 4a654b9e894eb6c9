package io.jkube.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request that failed, as a {@code Status} says it. The one exception of the API: the server's
 * error mapper turns it into a response, a client turns a response into it, a command turns it into
 * text and an exit code.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final StatusReason reason;
  private final transient ObjectNode details;

  /** As somebody else worded it; null where it is of our own making. */
  private final transient ObjectNode foreign;

  public ApiException(StatusReason reason, String message) {
    this(reason, message, null);
  }

  /**
   * @param details the {@code details} of the Status (name, group, kind, causes,
   *     retryAfterSeconds), or null
   */
  public ApiException(StatusReason reason, String message, ObjectNode details) {
    this(reason, message, details, null);
  }

  private ApiException(
      StatusReason reason, String message, ObjectNode details, ObjectNode foreign) {
    super(message);
    this.reason = reason;
    this.details = details;
    this.foreign = foreign;
  }

  /**
   * A refusal that somebody else decided on, such as a webhook.
   *
   * @param status a whole {@code Status} of a failure, with its code
   */
  public static ApiException ofStatus(ObjectNode status) {
    return new ApiException(
        StatusReason.of(status.path("reason").asText()),
        status.path("message").asText(),
        status.get("details") instanceof ObjectNode details ? details : null,
        status);
  }

  /** The same refusal in other words. */
  public ApiException withMessage(String message) {
    return new ApiException(reason, message, details);
  }

  public StatusReason reason() {
    return reason;
  }

  public int code() {
    return foreign == null ? reason.code() : foreign.path("code").asInt();
  }

  /** The whole {@code Status} object, as it goes over the wire. */
  public ObjectNode status() {
    if (foreign != null) {
      return foreign;
    }
    var status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage());
    if (!reason.text().isEmpty()) {
      status.put("reason", reason.text());
    }
    if (details != null) {
      status.set("details", details);
    }
    return status.put("code", reason.code());
  }

  public static ApiException notFound(GroupVersionResource resource, String name) {
    return new ApiException(
        StatusReason.NOT_FOUND,
        resource.groupResource() + " \"" + name + "\" not found",
        named(resource, name));
  }

  public static ApiException alreadyExists(GroupVersionResource resource, String name) {
    return new ApiException(
        StatusReason.ALREADY_EXISTS,
        resource.groupResource() + " \"" + name + "\" already exists",
        named(resource, name));
  }

  public static ApiException conflict(GroupVersionResource resource, String name, String why) {
    return new ApiException(
        StatusReason.CONFLICT,
        "Operation cannot be fulfilled on "
            + resource.groupResource()
            + " \""
            + name
            + "\": "
            + why,
        named(resource, name));
  }

  public static ApiException badRequest(String message) {
    return new ApiException(StatusReason.BAD_REQUEST, message);
  }

  public static ApiException internal(String message) {
    return new ApiException(StatusReason.INTERNAL_ERROR, "Internal error occurred: " + message);
  }

  private static ObjectNode named(GroupVersionResource resource, String name) {
    var details = Json.object().put("name", name);
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    return details.put("kind", resource.resource());
  }
}
