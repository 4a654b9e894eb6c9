package io.jkube.network.ingress;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Leads each request to where the table says, or says why it leads nowhere. */
final class Forwarding extends Handler.Abstract.NonBlocking {
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final Supplier<RouteTable> routes;
  private final Backends backends;

  Forwarding(Supplier<RouteTable> routes, Backends backends) {
    this.routes = routes;
    this.backends = backends;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var uri = request.getHttpURI();
    if (uri.getQuery() != null && BROKEN_ESCAPE.matcher(uri.getQuery()).find()) {
      say(response, callback, HttpStatus.BAD_REQUEST_400, "The query has a broken % escape");
      return true;
    }
    var host = uri.getHost() == null ? "" : uri.getHost();
    var path = uri.getDecodedPath() == null ? "/" : uri.getDecodedPath();
    var found = routes.get().find(host, path);
    if (found.isEmpty()) {
      var text = "No Ingress has a rule for " + shown(uri) + " (see: kubectl get ingress -A)";
      say(response, callback, HttpStatus.NOT_FOUND_404, text);
    } else if (found.get().backends().isEmpty()) {
      var text = found.get().name() + " does not answer: " + found.get().trouble();
      say(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, text);
    } else {
      new Exchange(backends, found.get(), request, response, callback).begin();
    }
    return true;
  }

  private static String shown(HttpURI uri) {
    return uri.getScheme() + "://" + uri.getAuthority() + uri.getCanonicalPath();
  }

  /** A page for people. */
  static void say(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    var bytes = StandardCharsets.UTF_8.encode(text + "\n");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.remaining());
    response.write(true, bytes, callback);
  }
}
