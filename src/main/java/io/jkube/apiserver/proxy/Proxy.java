package io.jkube.apiserver.proxy;

import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.subresource.KubeletConnection;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any method of {@code pods/proxy}, {@code services/proxy} and {@code nodes/proxy}. */
public final class Proxy implements Verb {
  private static final int MOVED_PERMANENTLY = 301;

  private final Backends backends;
  private final KubeletPages kubelets;

  public Proxy(ObjectStore objects, KubeletConnection kubelets) {
    this.backends = new Backends(objects, kubelets);
    this.kubelets = new KubeletPages(kubelets);
  }

  /**
   * The part of a path that names a backend, which gets the rest, and the body, as they are.
   *
   * @param sent the path with its percents
   * @throws IllegalArgumentException its percents are malformed
   */
  public static Optional<String> prefix(String sent) {
    return sent.contains("/proxy")
        ? Optional.ofNullable(ProxyPath.of(sent)).map(ProxyPath::prefix)
        : Optional.empty();
  }

  @Override
  public Reply handle(ResourceCall call) {
    var path = ProxyPath.of(call.request());
    if (path == null) {
      throw new ApiException(
          StatusReason.NOT_FOUND, "the server could not find the requested resource");
    }
    if (call.resource().equals(Resources.NODES)) {
      var node = ProxyName.parse("node", call.info().name());
      if (backends.isKubelet(node)) {
        return kubelets.answer(call.request(), node.name(), path.rest());
      }
    }
    var backend = backend(call);
    var method = call.request().method();
    boolean looks = method.equals("GET") || method.equals("HEAD");
    if (path.rest().isEmpty() && looks && call.request().raw().upgrade().isEmpty()) {
      return toTheRoot(call, path);
    }
    var asked = path.rest().isEmpty() ? new ProxyPath(path.prefix(), "/", "/") : path;
    return new Exchange(call.request(), errand(call, asked)).with(backend);
  }

  private static Errand errand(ResourceCall call, ProxyPath path) {
    var query = call.request().raw().query();
    return new Errand(
        path.encoded() + (query.isEmpty() ? "" : "?" + query),
        Map.of("X-Forwarded-Uri", List.of(path.prefix() + path.encoded())),
        "",
        new Rewriting(path.prefix())::of);
  }

  private Backend backend(ResourceCall call) {
    var resource = call.resource();
    var asked = call.info().name();
    if (resource.equals(Resources.PODS)) {
      var name = ProxyName.parse("pod", asked);
      return backends.pod(new ObjectKey(call.namespace(), name.name()), name);
    }
    if (resource.equals(Resources.SERVICES)) {
      var name = ProxyName.parse("service", asked);
      return backends.service(new ObjectKey(call.namespace(), name.name()), name);
    }
    return backends.node(ProxyName.parse("node", asked));
  }

  /** So that relative links of the backend's first page lead to it. */
  private static Reply toTheRoot(ResourceCall call, ProxyPath path) {
    var query = call.request().raw().query();
    var location = path.prefix() + "/" + (query.isEmpty() ? "" : "?" + query);
    return new Reply.Proxied(
        MOVED_PERMANENTLY, Map.of("Location", List.of(location)), InputStream.nullInputStream());
  }
}
