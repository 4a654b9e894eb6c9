package io.jkube.cli.resource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A name as it may stand in a URL's path. */
public final class PathSegment {
  private PathSegment() {}

  public static String escape(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
