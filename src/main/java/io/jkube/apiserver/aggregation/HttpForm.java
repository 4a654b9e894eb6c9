package io.jkube.apiserver.aggregation;

import io.jkube.api.Json;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.RawRequest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests as HTTP has them, also those that never came over it. */
final class HttpForm {
  private HttpForm() {}

  /** The same request with headers, query and body for a wire. */
  static ApiRequest of(ApiRequest request) {
    boolean overHttp = !request.raw().headers().isEmpty();
    if (overHttp) {
      return request;
    }
    var headers = new LinkedHashMap<String, List<String>>();
    put(headers, "Accept", request.accept());
    put(headers, "Content-Type", request.contentType());
    put(headers, "User-Agent", request.userAgent());
    var body = bytes(request.body());
    if (body.length > 0) {
      put(headers, "Content-Length", String.valueOf(body.length));
    }
    return new ApiRequest(
        request.method(),
        request.path(),
        request.query(),
        request.accept(),
        request.contentType(),
        request.userAgent(),
        request.caller(),
        Body.NONE,
        new RawRequest(headers, "", query(request.query()), new ByteArrayInputStream(body)));
  }

  /** Path and query for the request line. */
  static String target(ApiRequest request) {
    var query = request.raw().query();
    try {
      var path = new URI(null, null, request.path().replaceFirst("^/+", "/"), null).toASCIIString();
      return path + (query.isEmpty() ? "" : "?" + query);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a path that begins with / has a URI", impossible);
    }
  }

  private static void put(Map<String, List<String>> headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.put(name, List.of(value));
    }
  }

  private static byte[] bytes(Body body) {
    return switch (body) {
      case Body.None none -> new byte[0];
      case Body.Encoded encoded -> encoded.bytes();
      case Body.Tree tree -> Json.bytes(tree.tree());
    };
  }

  private static String query(Map<String, List<String>> parameters) {
    var text = new StringBuilder();
    parameters.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    text.append(text.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return text.toString();
  }
}
