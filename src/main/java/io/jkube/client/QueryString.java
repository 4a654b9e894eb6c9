package io.jkube.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Query parameters as they stand in a URL. */
final class QueryString {
  private QueryString() {}

  /** With the leading question mark; empty when there are no parameters. */
  static String of(Map<String, List<String>> query) {
    var text =
        query.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(v -> pair(entry.getKey(), v)))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? "" : "?" + text;
  }

  static ApiCall watching(ApiCall call) {
    var query = new LinkedHashMap<>(call.query());
    query.put("watch", List.of("true"));
    return new ApiCall(
        call.method(), call.path(), query, call.accept(), call.contentType(), call.body());
  }

  private static String pair(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
