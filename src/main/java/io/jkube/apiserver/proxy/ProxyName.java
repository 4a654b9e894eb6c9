package io.jkube.apiserver.proxy;

import io.jkube.api.ApiException;

/**
 * What stands for an object's name in a path to a proxy: {@code name}, {@code name:port} or {@code
 * scheme:name:port}.
 *
 * @param scheme empty when it is not told
 * @param port a number or a name; empty when it is not told
 */
record ProxyName(String scheme, String name, String port) {
  /**
   * @param kind pod, service or node, for the refusal
   */
  static ProxyName parse(String kind, String text) {
    var parts = text.split(":", -1);
    var parsed =
        switch (parts.length) {
          case 1 -> new ProxyName("", parts[0], "");
          case 2 -> new ProxyName("", parts[0], parts[1]);
          case 3 -> new ProxyName(parts[0], parts[1], parts[2]);
          default -> throw invalid(kind, text);
        };
    boolean known =
        switch (parsed.scheme) {
          case "", "http", "https" -> true;
          default -> false;
        };
    if (!known || parsed.name.isEmpty()) {
      throw invalid(kind, text);
    }
    return parsed;
  }

  boolean tls() {
    return scheme.equals("https");
  }

  /** 0 when it is no number of a port. */
  static int number(String port) {
    int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
    return number <= 65535 ? number : 0;
  }

  private static ApiException invalid(String kind, String text) {
    return ApiException.badRequest("invalid " + kind + " request \"" + text + "\"");
  }
}
