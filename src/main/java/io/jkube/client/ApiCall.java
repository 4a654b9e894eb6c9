package io.jkube.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One request to the API.
 *
 * @param method GET, POST, PUT, PATCH, DELETE
 * @param path such as {@code /api/v1/namespaces/default/pods/web/status}; names in it are
 *     path-escaped
 * @param query decoded parameters
 * @param accept the media type wanted, such as {@code application/json;as=Table;v=v1;g=meta.k8s.io}
 * @param contentType of the body; JSON patches name theirs
 * @param body a tree that nobody changes any more, or null
 */
public record ApiCall(
    String method,
    String path,
    Map<String, List<String>> query,
    String accept,
    String contentType,
    JsonNode body) {
  public static final String JSON = "application/json";

  public ApiCall {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    query = Map.copyOf(query);
    Objects.requireNonNull(accept, "accept");
  }

  public static ApiCall of(
      String method, String path, Map<String, List<String>> query, JsonNode body) {
    return new ApiCall(method, path, query, JSON, body == null ? null : JSON, body);
  }
}
