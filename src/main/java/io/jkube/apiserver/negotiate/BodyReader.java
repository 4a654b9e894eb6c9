package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;

/** Reads a request's body in the format that its content type names. */
public final class BodyReader {
  private BodyReader() {}

  /**
   * The object in the body; the caller's own, to change.
   *
   * @throws ApiException BadRequest when there is none, UnsupportedMediaType for other formats
   */
  public static ObjectNode object(ApiRequest request) {
    if (optionalObject(request) instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the request's body is empty: an object is needed");
  }

  /** The object in the body, or null when the body is empty. */
  public static ObjectNode optionalObject(ApiRequest request) {
    return switch (request.body()) {
      case Body.None none -> null;
      case Body.Tree tree -> asObject(tree.tree().deepCopy());
      case Body.Encoded encoded -> decode(request.contentType(), encoded.bytes());
    };
  }

  private static ObjectNode decode(String contentType, byte[] bytes) {
    var type = MediaType.of(contentType);
    if (contentType.isEmpty() || type.takesJson()) {
      return Json.parse(bytes);
    }
    if (type.takesYaml()) {
      return asObject(Yaml.parse(bytes));
    }
    throw new ApiException(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        "the body of the request was in an unknown format - accepted media types include: "
            + MediaType.served(true));
  }

  private static ObjectNode asObject(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the object provided is not an object");
  }
}
