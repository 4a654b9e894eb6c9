package io.jkube.apiserver.request;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a request asks for, read off its method and path, in the words of upstream's RequestInfo:
 * what authorisation, audit and dispatch go by.
 *
 * @param resourceRequest whether it is about an object or a collection; else only {@code path} and
 *     {@code verb} (the method in lower case) say something
 * @param verb get, list, watch, create, update, patch, delete, deletecollection
 * @param subresource {@code status}, {@code log}, ...; with what follows it: {@code proxy/a/b}
 * @param namespace empty for all or none
 * @param name empty for a collection
 */
public record RequestInfo(
    boolean resourceRequest,
    String path,
    String verb,
    GroupVersionResource resource,
    String namespace,
    String name,
    String subresource) {
  private static final GroupVersionResource NO_RESOURCE = new GroupVersionResource("", "", "");

  public RequestInfo {
    Objects.requireNonNull(verb, "verb");
    Objects.requireNonNull(resource, "resource");
  }

  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  /** Reads a request's method, path and query. */
  public static RequestInfo of(ApiRequest request) {
    var parts = Arrays.stream(request.path().split("/")).filter(part -> !part.isEmpty()).toList();
    int start = resourceStart(parts);
    if (start < 0) {
      return new RequestInfo(
          false,
          request.path(),
          request.method().toLowerCase(java.util.Locale.ROOT),
          NO_RESOURCE,
          "",
          "",
          "");
    }
    var group = start == 2 ? "" : parts.get(1);
    var version = parts.get(start - 1);
    var rest = parts.subList(start, parts.size());
    boolean legacyWatch = rest.getFirst().equals("watch") && rest.size() > 1;
    if (legacyWatch) {
      rest = rest.subList(1, rest.size());
    }
    var namespace = "";
    if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
      namespace = rest.get(1);
      if (rest.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(rest.get(2))) {
        rest = rest.subList(2, rest.size());
      }
    }
    var resource = new GroupVersionResource(group, version, rest.get(0));
    var name = rest.size() > 1 ? rest.get(1) : "";
    var subresource = rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "";
    if (resource.resource().equals("namespaces")) {
      namespace = "";
    }
    return new RequestInfo(
        true,
        request.path(),
        verb(request, name, legacyWatch, subresource),
        resource,
        namespace,
        name,
        subresource);
  }

  private static final List<String> NAMESPACE_SUBRESOURCES = List.of("status", "finalize");

  /** Where the resource stands in the path; -1 when it names none. */
  private static int resourceStart(List<String> parts) {
    if (parts.size() > 2 && parts.get(0).equals("api")) {
      return 2;
    }
    return parts.size() > 3 && parts.get(0).equals("apis") ? 3 : -1;
  }

  private static String verb(
      ApiRequest request, String name, boolean legacyWatch, String subresource) {
    return switch (request.method()) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      case "GET", "HEAD" -> {
        // What a proxy's path and query say is the backend's.
        boolean proxied = subresource.split("/")[0].equals("proxy");
        if (!proxied && (legacyWatch || request.flag("watch"))) {
          yield "watch";
        }
        yield name.isEmpty() ? "list" : "get";
      }
      default -> "";
    };
  }
}
