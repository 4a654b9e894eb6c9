package io.jkube.client;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of collections, objects and subresources, with the names in them escaped. */
final class ApiPath {
  private ApiPath() {}

  static String collection(GroupVersionResource resource, String namespace) {
    return resource.path(escape(namespace));
  }

  static String object(GroupVersionResource resource, ObjectKey key) {
    if (key.name().isEmpty()) {
      throw new IllegalArgumentException("an object's name must not be empty: " + resource);
    }
    return collection(resource, key.namespace()) + "/" + escape(key.name());
  }

  static String subresource(GroupVersionResource resource, ObjectKey key, String subresource) {
    return object(resource, key) + "/" + subresource;
  }

  /** Most names are plain; a URLEncoder writes a space as {@code +}, which a path does not know. */
  private static String escape(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.')) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      }
    }
    return name;
  }
}
