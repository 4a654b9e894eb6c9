package io.jkube.apiserver.proxy;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.ApiRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The two parts of a path to a proxy.
 *
 * @param prefix up to and with {@code /proxy}, as it was sent
 * @param rest what the backend is asked for, decoded; empty when nothing follows
 * @param encoded the same for its request line, byte for byte as it was sent
 */
record ProxyPath(String prefix, String rest, String encoded) {
  private static final Pattern SHAPE =
      Pattern.compile("(/+api/+v1/+(?:namespaces/+[^/]+/+)?[^/]+/+[^/]+/+proxy)(/.*)?");

  /** What a segment may hold beside letters and digits: RFC 3986, pchar. */
  private static final String MARKS = "-._~!$&'()*+,;=:@";

  /** What stands between two slashes; of bytes that are no UTF-8 only {@code encoded} tells. */
  private record Segment(String decoded, String encoded) {}

  /** Null for a request for something else. */
  static ProxyPath of(ApiRequest request) {
    var sent = request.raw().path();
    return of(sent.isEmpty() ? escaped(request.path(), MARKS + "/") : sent);
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
        : of(shape.group(1), segments(rest), rest.endsWith("/"));
  }

  private static ProxyPath of(String prefix, ArrayDeque<Segment> segments, boolean slash) {
    var end = slash && !segments.isEmpty() ? "/" : "";
    return new ProxyPath(
        prefix,
        "/" + joined(segments, Segment::decoded) + end,
        "/" + joined(segments, Segment::encoded) + end);
  }

  private static String joined(ArrayDeque<Segment> segments, Function<Segment, String> form) {
    return segments.stream().map(form).collect(Collectors.joining("/"));
  }

  /** Resolves {@code .} and {@code ..}; nothing leads above the root. */
  private static ArrayDeque<Segment> segments(String sent) {
    var segments = new ArrayDeque<Segment>();
    for (var each : sent.split("/")) {
      var decoded = decoded(each);
      switch (decoded) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.add(new Segment(decoded, escaped(each, MARKS + "%")));
      }
    }
    return segments;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw ApiException.badRequest("invalid URL escape in " + segment);
    }
  }

  private static String escaped(String text, String marks) {
    var escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || marks.indexOf(octet) >= 0);
      escaped.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet));
    }
    return escaped.toString();
  }
}
