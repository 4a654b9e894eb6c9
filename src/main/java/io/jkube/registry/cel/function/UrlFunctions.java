package io.jkube.registry.cel.function;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code url, isURL, getScheme, getHost, getHostname, getPort, getEscapedPath, getQuery}. */
final class UrlFunctions {
  private UrlFunctions() {}

  static void addTo(FunctionTable table) {
    var url = table.type("kubernetes.URL", URI.class);
    var text = SimpleType.STRING;
    var query = MapType.create(text, ListType.create(text));
    table
        .global("url", url, each -> parse((String) each[0]), text)
        .global("isURL", SimpleType.BOOL, each -> isUrl((String) each[0]), text)
        .member("getScheme", text, each -> orEmpty(uri(each).getScheme()), url)
        .member("getHost", text, each -> orEmpty(uri(each).getRawAuthority()), url)
        .member("getHostname", text, each -> hostname(uri(each)), url)
        .member(
            "getPort", text, each -> uri(each).getPort() < 0 ? "" : "" + uri(each).getPort(), url)
        .member("getEscapedPath", text, each -> orEmpty(uri(each).getRawPath()), url)
        .member("getQuery", query, each -> query(orEmpty(uri(each).getRawQuery())), url);
  }

  private static URI uri(Object[] arguments) {
    return (URI) arguments[0];
  }

  private static String orEmpty(String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static URI parse(String text) {
    try {
      var uri = new URI(text);
      if (uri.isAbsolute() || text.startsWith("/")) {
        return uri;
      }
      throw new IllegalArgumentException("URL parse error during conversion from string: " + text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "URL parse error during conversion from string: " + malformed.getMessage(), malformed);
    }
  }

  private static boolean isUrl(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static String hostname(URI uri) {
    var host = orEmpty(uri.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Map<String, List<String>> query(String text) {
    var query = new LinkedHashMap<String, List<String>>();
    for (var pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(decoded(name), any -> new ArrayList<>()).add(decoded(value));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
