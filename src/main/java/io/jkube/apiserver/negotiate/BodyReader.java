package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.ResourceCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads a request's body in the format that its content type names. */
public final class BodyReader {
  private static final int SHOWN_BYTES = 30;
  private static final String JSON_PROBLEM = "couldn't get version/kind; json parse error: ";

  private BodyReader() {}

  /**
   * The object in the body; the caller's own, to change. What stands in it twice is noted in the
   * call's duplicates.
   *
   * @throws ApiException BadRequest when there is none, UnsupportedMediaType for other formats
   */
  public static ObjectNode object(ResourceCall call) {
    var request = call.request();
    var kind = call.definition().kind().kind();
    return switch (request.body()) {
      case Body.None none -> decode(request.contentType(), new byte[0], kind, call.duplicates());
      case Body.Tree tree -> asObject(tree.tree().deepCopy());
      case Body.Encoded encoded ->
          decode(request.contentType(), encoded.bytes(), kind, call.duplicates());
    };
  }

  /**
   * The object in the body of a request that is not about an object of the resource's own kind.
   *
   * @throws ApiException as {@link #object(ResourceCall)}
   */
  public static ObjectNode object(ApiRequest request) {
    return request.body() instanceof Body.None
        ? decode(request.contentType(), new byte[0], "Object", new ArrayList<>())
        : optionalObject(request);
  }

  /** {@link #optionalObject(ApiRequest, String)} of any kind. */
  public static ObjectNode optionalObject(ApiRequest request) {
    return optionalObject(request, "Object");
  }

  /**
   * The object in the body, or null when the body is empty.
   *
   * @param kind what it should be, for the refusal
   */
  public static ObjectNode optionalObject(ApiRequest request, String kind) {
    return switch (request.body()) {
      case Body.None none -> null;
      case Body.Tree tree -> asObject(tree.tree().deepCopy());
      case Body.Encoded encoded ->
          decode(request.contentType(), encoded.bytes(), kind, new ArrayList<>());
    };
  }

  private static ObjectNode decode(
      String contentType, byte[] bytes, String kind, List<String> duplicates) {
    var type = MediaType.of(contentType);
    if (contentType.isEmpty() || type.takesJson()) {
      return asObject(json(bytes, kind, duplicates));
    }
    if (type.takesYaml()) {
      return asObject(yaml(bytes, kind, duplicates));
    }
    throw new ApiException(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        "the body of the request was in an unknown format - accepted media types include: "
            + MediaType.served(true));
  }

  private static JsonNode json(byte[] bytes, String kind, List<String> duplicates) {
    try {
      var parsed = JsonBody.parse(bytes);
      duplicates.addAll(parsed.duplicates());
      if (!parsed.tree().isMissingNode()) {
        return parsed.tree();
      }
    } catch (JsonProcessingException malformed) {
      throw unrecognized(bytes, kind, JSON_PROBLEM + Json.problem(malformed));
    }
    throw unrecognized(bytes, kind, JSON_PROBLEM + "unexpected end of JSON input");
  }

  private static JsonNode yaml(byte[] bytes, String kind, List<String> duplicates) {
    try {
      var parsed = Yaml.parseNoting(bytes);
      if (!parsed.duplicates().isEmpty()) {
        duplicates.add(parsed.problem());
      }
      return parsed.tree();
    } catch (ApiException malformed) {
      throw unrecognized(bytes, kind, malformed.getMessage());
    }
  }

  private static ApiException unrecognized(byte[] bytes, String kind, String why) {
    return ApiException.badRequest(
        "the object provided is unrecognized (must be of type "
            + kind
            + "): "
            + why
            + " ("
            + summary(bytes)
            + ")");
  }

  /** The beginning of a body, as text when it looks like JSON, else in hexadecimal digits. */
  private static String summary(byte[] bytes) {
    if (bytes.length == 0) {
      return "<empty>";
    }
    var shown = Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES));
    var tail = bytes.length > SHOWN_BYTES ? " ..." : "";
    return bytes[0] == '{'
        ? new String(shown, StandardCharsets.UTF_8) + tail
        : HexFormat.of().formatHex(shown) + tail;
  }

  private static ObjectNode asObject(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the object provided is not an object");
  }
}
