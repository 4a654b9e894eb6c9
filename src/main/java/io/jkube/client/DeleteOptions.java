package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;

/**
 * How an object is deleted; null leaves the choice to the server.
 *
 * @param gracePeriodSeconds 0 deletes at once
 * @param propagation what happens to the objects it owns
 * @param uid the delete fails with Conflict unless the object has it
 * @param resourceVersion likewise
 */
public record DeleteOptions(
    Long gracePeriodSeconds, Propagation propagation, String uid, String resourceVersion) {
  public static final DeleteOptions DEFAULT = new DeleteOptions(null, null, null, null);

  /** {@code propagationPolicy} of the API. */
  public enum Propagation {
    BACKGROUND("Background"),
    FOREGROUND("Foreground"),
    ORPHAN("Orphan");

    private final String text;

    Propagation(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public static DeleteOptions grace(long seconds) {
    return DEFAULT.withGrace(seconds);
  }

  public static DeleteOptions ofUid(String uid) {
    return DEFAULT.withUid(uid);
  }

  public DeleteOptions withGrace(long seconds) {
    return new DeleteOptions(seconds, propagation, uid, resourceVersion);
  }

  public DeleteOptions withPropagation(Propagation policy) {
    return new DeleteOptions(gracePeriodSeconds, policy, uid, resourceVersion);
  }

  public DeleteOptions withUid(String required) {
    return new DeleteOptions(gracePeriodSeconds, propagation, required, resourceVersion);
  }

  public DeleteOptions withResourceVersion(String required) {
    return new DeleteOptions(gracePeriodSeconds, propagation, uid, required);
  }

  ObjectNode body() {
    var body = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
    if (gracePeriodSeconds != null) {
      body.put("gracePeriodSeconds", gracePeriodSeconds);
    }
    if (propagation != null) {
      body.put("propagationPolicy", propagation.text());
    }
    if (uid != null || resourceVersion != null) {
      var preconditions = body.putObject("preconditions");
      if (uid != null) {
        preconditions.put("uid", uid);
      }
      if (resourceVersion != null) {
        preconditions.put("resourceVersion", resourceVersion);
      }
    }
    return body;
  }
}
