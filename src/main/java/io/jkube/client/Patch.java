package io.jkube.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** A change to send with PATCH: its document and the media type that says how to read it. */
public record Patch(String contentType, JsonNode body) {
  public Patch {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
  }

  /** RFC 6902: a list of operations. */
  public static Patch json(ArrayNode operations) {
    return new Patch("application/json-patch+json", operations);
  }

  /** RFC 7386: fields to set, null to remove; lists are replaced. */
  public static Patch merge(ObjectNode fields) {
    return new Patch("application/merge-patch+json", fields);
  }

  /** As merge, but lists with a merge key are merged by it. */
  public static Patch strategic(ObjectNode fields) {
    return new Patch("application/strategic-merge-patch+json", fields);
  }
}
