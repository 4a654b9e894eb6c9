package io.jkube.apiserver.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.regex.Pattern;

/**
 * The two parts of a path to a proxy.
 *
 * @param prefix up to and with {@code /proxy}
 * @param rest what the backend is asked for; empty when nothing follows
 */
record ProxyPath(String prefix, String rest) {
  private static final Pattern SHAPE =
      Pattern.compile("(/+api/+v1/+(?:namespaces/+[^/]+/+)?[^/]+/+[^/]+/+proxy)(/.*)?");

  /** Null for a path to something else. */
  static ProxyPath of(String path) {
    var shape = SHAPE.matcher(path);
    if (!shape.matches()) {
      return null;
    }
    var rest = shape.group(2);
    return new ProxyPath(shape.group(1), rest == null ? "" : clean(rest));
  }

  /** The path for the backend, encoded. */
  String encoded() {
    try {
      return new URI(null, null, rest, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a path that begins with / has a URI", impossible);
    }
  }

  /** Resolves {@code .} and {@code ..}; nothing leads above the root. A slash at the end stays. */
  private static String clean(String path) {
    var parts = new ArrayDeque<String>();
    for (var part : path.split("/")) {
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.add(part);
      }
    }
    var joined = "/" + String.join("/", parts);
    return path.endsWith("/") && !parts.isEmpty() ? joined + "/" : joined;
  }
}
