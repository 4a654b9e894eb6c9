package io.jkube.apiserver.authz;

import io.jkube.api.ApiException;
import io.jkube.api.FieldSelector;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.RequestInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be done, in the words of upstream's authorizers; for a request or for a question about
 * rights, where any of them may be {@code *}.
 *
 * @param resourceRequest whether it is about resources; else only verb and path count
 * @param subresource its first word only: {@code proxy}, not {@code proxy/a/b}
 * @param namespace empty for all or none; that of a namespace object is itself
 * @param name of one object; empty for all
 * @param fields to which values a field selector restricts a list or watch
 */
public record Attributes(
    boolean resourceRequest,
    String verb,
    String group,
    String version,
    String resource,
    String subresource,
    String namespace,
    String name,
    String path,
    Map<String, String> fields) {
  public Attributes {
    Objects.requireNonNull(verb, "verb");
    fields = Map.copyOf(fields);
  }

  public static Attributes path(String verb, String path) {
    return new Attributes(false, verb, "", "", "", "", "", "", path, Map.of());
  }

  public static Attributes of(RequestInfo info, ApiRequest request) {
    if (!info.resourceRequest()) {
      return path(info.verb(), info.path());
    }
    var resource = info.resource();
    var fields = fields(info, request);
    boolean isNamespace = resource.group().isEmpty() && resource.resource().equals("namespaces");
    return new Attributes(
        true,
        info.verb(),
        resource.group(),
        resource.version(),
        resource.resource(),
        info.subresource().split("/")[0],
        isNamespace ? info.name() : info.namespace(),
        info.name().isEmpty() ? fields.getOrDefault("metadata.name", "") : info.name(),
        info.path(),
        fields);
  }

  /** A list of the objects with a certain name is about one object. */
  private static Map<String, String> fields(RequestInfo info, ApiRequest request) {
    var text = request.parameter("fieldSelector");
    if (text.isEmpty() || !info.name().isEmpty()) {
      return Map.of();
    }
    try {
      var values = new HashMap<String, String>();
      for (var term : FieldSelector.parse(text).terms()) {
        if (term.equal()) {
          values.putIfAbsent(term.field(), term.value());
        }
      }
      return values;
    } catch (ApiException malformed) {
      return Map.of(); // the verb will say so; here it restricts nothing
    }
  }

  /** {@code pods}, {@code pods/log}. */
  public String combinedResource() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }

  /** The same with another verb, for rights that no request has: {@code bind}, {@code use}. */
  public Attributes withVerb(String other) {
    return new Attributes(
        resourceRequest,
        other,
        group,
        version,
        resource,
        subresource,
        namespace,
        name,
        path,
        fields);
  }
}
