package io.jkube.apiserver;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.fairness.Flow;
import io.jkube.apiserver.proxy.Proxy;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.RawRequest;
import io.jkube.apiserver.request.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;

/**
 * Makes an {@link ApiRequest} of what Javalin hands over, whatever its path, and writes the reply.
 */
final class Routes {
  /** Upstream's limit of a request's body. */
  static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

  /** So much of a body that is too large is read, so that its sender gets to read the answer. */
  private static final int MAX_DRAIN_BYTES = 32 * 1024 * 1024;

  /** Methods whose requests say everything in their head. */
  private static final Set<String> BODYLESS = Set.of("GET", "HEAD", "OPTIONS");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /**
   * What not everybody reads the same way: it might be authorised as one path, answered as another.
   */
  private static final Pattern AMBIGUOUS = Pattern.compile("(?i)//|%(?:00|25|2e|2f|5c)");

  /** What decoding makes of bytes that are no UTF-8. */
  private static final char NO_UTF8 = '\uFFFD';

  private static final String BEARER = "bearer ";

  private final Supplier<FilterChain> chain;

  /**
   * @param chain null until the state is open
   */
  Routes(Supplier<FilterChain> chain) {
    this.chain = chain;
  }

  void addTo(RoutesConfig routes) {
    METHODS.forEach(
        method -> routes.addHttpHandler(HandlerType.findOrCreate(method), "*", this::answer));
    routes.error(HttpServletResponse.SC_NOT_FOUND, "*", this::refuseMethod);
  }

  private void answer(Context context) throws IOException {
    answer(context.req(), context.res());
  }

  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var ready = chain.get();
    var writer = new ReplyWriter(request, response, ready == null ? null : ready.protobuf());
    writer.write(ready == null ? starting() : reply(ready, request, response));
  }

  /** Comes here for methods that no handler takes; what was answered stays. */
  private void refuseMethod(Context context) throws IOException {
    if (!METHODS.contains(context.req().getMethod())) {
      var refusal = new Reply.Failed(ResourceDispatch.notAllowed());
      new ReplyWriter(context.req(), context.res(), null).write(refusal);
    }
  }

  private static void tell(Flow flow, HttpServletResponse response) {
    response.setHeader("X-Kubernetes-PF-FlowSchema-UID", flow.schemaUid());
    response.setHeader("X-Kubernetes-PF-PriorityLevel-UID", flow.levelUid());
  }

  private static Reply starting() {
    return new Reply.Failed(
        new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the server is starting"));
  }

  private static Reply reply(
      FilterChain ready, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      return ready.handle(read(ready, request), flow -> tell(flow, response));
    } catch (ApiException unreadable) {
      return new Reply.Failed(unreadable);
    }
  }

  private static ApiRequest read(FilterChain ready, HttpServletRequest request) throws IOException {
    var sent = request.getRequestURI();
    var path = decoded(sent.replace("+", "%2B"));
    var backend = Proxy.prefix(sent);
    if (AMBIGUOUS.matcher(backend.orElse(sent)).find()) {
      throw ApiException.badRequest("ambiguous path in the URL");
    }
    if (backend.map(Routes::decoded).orElse(path).indexOf(NO_UTF8) >= 0) {
      throw ApiException.badRequest("malformed UTF-8 in the URL");
    }
    boolean proxied = backend.isPresent() || ready.passesOn(path);
    return new ApiRequest(
        request.getMethod(),
        path,
        query(request.getQueryString()),
        header(request, "Accept"),
        header(request, "Content-Type"),
        header(request, "User-Agent"),
        acting(request),
        proxied ? Body.NONE : body(request),
        raw(request, proxied));
  }

  private static RawRequest raw(HttpServletRequest request, boolean withBody) throws IOException {
    var headers = new LinkedHashMap<String, List<String>>();
    for (var name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    var query = request.getQueryString();
    return new RawRequest(
        headers,
        request.getRequestURI(),
        query == null ? "" : query,
        withBody ? request.getInputStream() : InputStream.nullInputStream());
  }

  static String header(HttpServletRequest request, String name) {
    var values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return "";
    }
    var first = values.nextElement();
    if (!values.hasMoreElements()) {
      return first;
    }
    var all = new ArrayList<>(List.of(first));
    values.asIterator().forEachRemaining(all::add);
    return String.join(",", all);
  }

  private static Caller acting(HttpServletRequest request) {
    var wanted = ImpersonationHeaders.of(request);
    return wanted == null ? caller(request) : new Caller.Acting(caller(request), wanted);
  }

  private static Caller caller(HttpServletRequest request) {
    var connector =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnector()
            .getName();
    if (Connectors.UNIX.equals(connector) || Connectors.INSECURE.equals(connector)) {
      return new Caller.SocketOwner();
    }
    var chain = (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
    var header = request.getHeader("Authorization");
    var token =
        header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? header.substring(BEARER.length()).trim()
            : null;
    return new Caller.Remote(chain == null || chain.length == 0 ? null : chain[0], token);
  }

  /** Reading makes a buffer of the size asked for: none where there is nothing to read. */
  private static Body body(HttpServletRequest request) throws IOException {
    if (BODYLESS.contains(request.getMethod())) {
      return Body.NONE;
    }
    long told = request.getContentLengthLong();
    int most = told < 0 ? MAX_BODY_BYTES : (int) Math.min(told, MAX_BODY_BYTES);
    var in = request.getInputStream();
    var bytes = read(in, most + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      in.skipNBytes(Math.clamp(told - bytes.length, 0, MAX_DRAIN_BYTES));
      throw tooLarge();
    }
    return bytes.length == 0 ? Body.NONE : new Body.Encoded(bytes);
  }

  /** What is wrong with how a body is cut into pieces shows only now. */
  private static byte[] read(InputStream in, int limit) throws IOException {
    try {
      return in.readNBytes(limit);
    } catch (IOException | RuntimeException broken) {
      if (broken instanceof HttpException || broken.getCause() instanceof HttpException) {
        throw ApiException.badRequest("reading the body of the request: " + broken.getMessage());
      }
      throw broken;
    }
  }

  private static ApiException tooLarge() {
    return new ApiException(
        StatusReason.REQUEST_ENTITY_TOO_LARGE,
        "Request entity too large: limit is " + MAX_BODY_BYTES);
  }

  static Map<String, List<String>> query(String text) {
    if (text == null || text.isEmpty()) {
      return Map.of();
    }
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw ApiException.badRequest("malformed percent-encoding in the URL");
    }
  }
}
