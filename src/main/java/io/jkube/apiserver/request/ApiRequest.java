package io.jkube.apiserver.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request as it enters the filter chain, whether it came over a socket or from this process.
 *
 * @param method GET, POST, PUT, PATCH, DELETE
 * @param path decoded, with its slashes: {@code /api/v1/namespaces/default/pods/web}
 * @param query decoded parameters
 * @param accept the Accept header; empty when there is none
 * @param contentType the Content-Type header; empty when there is none
 * @param userAgent the User-Agent header; for an in-process component its name
 * @param raw for streams
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    String accept,
    String contentType,
    String userAgent,
    Caller caller,
    Body body,
    RawRequest raw) {
  public ApiRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    query = Map.copyOf(query);
    Objects.requireNonNull(accept, "accept");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(userAgent, "userAgent");
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(raw, "raw");
  }

  /** A request that did not come over HTTP. */
  public ApiRequest(
      String method,
      String path,
      Map<String, List<String>> query,
      String accept,
      String contentType,
      String userAgent,
      Caller caller,
      Body body) {
    this(method, path, query, accept, contentType, userAgent, caller, body, RawRequest.NONE);
  }

  /** The same request with its body in another form. */
  public ApiRequest withBody(Body other) {
    return new ApiRequest(method, path, query, accept, contentType, userAgent, caller, other, raw);
  }

  /** The first value of a parameter; empty when it is not given. */
  public String parameter(String name) {
    var values = query.get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  public boolean has(String parameter) {
    return query.containsKey(parameter);
  }

  /** Whether a flag is set: given with any value, or none, but {@code false} and {@code 0}. */
  public boolean flag(String name) {
    if (!query.containsKey(name)) {
      return false;
    }
    var value = parameter(name);
    return !value.equalsIgnoreCase("false") && !value.equals("0");
  }
}
