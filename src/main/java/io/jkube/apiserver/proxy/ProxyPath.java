package io.jkube.apiserver.proxy;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.ApiRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The two parts of a path to a proxy.
 *
 * @param prefix up to and with {@code /proxy}, as it was sent
 * @param rest what the backend is asked for, decoded; empty when nothing follows
 * @param encoded the same for its request line: a slash that was encoded still is
 */
record ProxyPath(String prefix, String rest, String encoded) {
  private static final Pattern SHAPE =
      Pattern.compile("(/+api/+v1/+(?:namespaces/+[^/]+/+)?[^/]+/+[^/]+/+proxy)(/.*)?");

  /** Null for a request for something else. */
  static ProxyPath of(ApiRequest request) {
    var sent = request.raw().path();
    return of(sent.isEmpty() ? encoded(request.path()) : sent);
  }

  /**
   * Null for a path to something else.
   *
   * @param sent with its percents
   * @throws ApiException BadRequest: its percents are malformed
   */
  static ProxyPath of(String sent) {
    var shape = SHAPE.matcher(sent);
    if (!shape.matches()) {
      return null;
    }
    var rest = shape.group(2);
    return rest == null
        ? new ProxyPath(shape.group(1), "", "")
        : of(shape.group(1), parts(rest), rest.endsWith("/"));
  }

  private static ProxyPath of(String prefix, ArrayDeque<String> parts, boolean slash) {
    var end = slash && !parts.isEmpty() ? "/" : "";
    var encoded =
        parts.stream()
            .map(part -> encoded("/-" + part).substring(2).replace("/", "%2F"))
            .collect(Collectors.joining("/", "/", end));
    return new ProxyPath(prefix, "/" + String.join("/", parts) + end, encoded);
  }

  /** Resolves {@code .} and {@code ..}; nothing leads above the root. */
  private static ArrayDeque<String> parts(String sent) {
    var parts = new ArrayDeque<String>();
    for (var each : sent.split("/")) {
      var part = decoded(each);
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.add(part);
      }
    }
    return parts;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw ApiException.badRequest("invalid URL escape in " + part);
    }
  }

  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a path that begins with / has a URI", impossible);
    }
  }
}
