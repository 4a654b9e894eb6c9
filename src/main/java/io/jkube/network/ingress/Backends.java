package io.jkube.network.ingress;

import io.jkube.network.proxy.Backend;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.MultiplexConnectionPool;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Connections to those who serve; on the threads of the server. */
final class Backends {
  /** As long as nobody may say a word on a connection in use. */
  static final Duration IDLE = Duration.ofHours(1);

  /** A connection that waits for its next request: shorter than servers close theirs, mostly. */
  private static final Duration SPARE = Duration.ofSeconds(3);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final String FRESH = "fresh";
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  private final HttpClient client;

  Backends(Server server) {
    var connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setSslContextFactory(new Anyone());
    var http2 = new HTTP2Client(connector);
    http2.setStreamIdleTimeout(0);
    var transport =
        new HttpClientTransportDynamic(
            connector,
            HttpClientConnectionFactory.HTTP11,
            new ClientConnectionFactoryOverHTTP2.HTTP2(http2));
    transport.setConnectionPoolFactory(Backends::connections);
    this.client = new HttpClient(transport);
    client.setExecutor(server.getThreadPool());
    client.setConnectTimeout(CONNECT.toMillis());
    client.setIdleTimeout(SPARE.toMillis());
    client.setDestinationIdleTimeout(IDLE.toMillis());
    client.setRequestBufferSize(MAX_HEADER_BYTES);
    client.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    client.setFollowRedirects(false);
    client.setUserAgentField(null);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
  }

  private static ConnectionPool connections(Destination destination) {
    var pool = new MultiplexConnectionPool(destination, MAX_CONNECTIONS, 1);
    if (FRESH.equals(destination.getOrigin().getTag())) {
      pool.setMaxUsage(1);
    }
    return pool;
  }

  HttpClient client() {
    return client;
  }

  /** Once it is started: a router neither unpacks nor answers by itself. */
  void passEverythingOn() {
    client.getContentDecoderFactories().clear();
    var handlers = client.getProtocolHandlers();
    handlers.clear();
    handlers.put(new ContinueProtocolHandler());
    handlers.put(new ProcessingProtocolHandler());
    handlers.put(new EarlyHintsProtocolHandler());
    handlers.put(new AnyUpgrade());
  }

  /**
   * To a path and with a query as the client sent them, and to the host it named. What may not be
   * sent twice gets a connection of its own: one that waited may end just when it is used.
   */
  Request request(Speech speech, Backend backend, String method, HttpURI uri) {
    var scheme = speech.scheme();
    int port = uri.getPort() > 0 ? uri.getPort() : HttpScheme.getDefaultPort(scheme);
    return client
        .newRequest(uri.getHost() == null ? backend.address() : uri.getHost(), port)
        .transport(new ToBackend(backend))
        .scheme(scheme)
        .version(speech == Speech.H2C ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
        .method(method)
        .tag(speech == Speech.H2C || isRepeatable(method) ? null : FRESH)
        .path(uri.getPathQuery())
        .idleTimeout(IDLE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether it makes no difference if a request is done once or twice. */
  static boolean isRepeatable(String method) {
    return HttpMethod.fromString(method) instanceof HttpMethod known && known.isIdempotent();
  }

  /** As other routers have it: certificates of pods name no address. On purpose, so no warning. */
  private static final class Anyone extends SslContextFactory.Client {
    Anyone() {
      super(true);
    }

    @Override
    protected void checkTrustAll() {}

    @Override
    protected void checkEndPointIdentificationAlgorithm() {}
  }

  private static final class AnyUpgrade extends UpgradeProtocolHandler {
    @Override
    protected boolean acceptHeaders(Request request, Response response) {
      return request.getAttributes().containsKey(HttpUpgrader.Factory.class.getName());
    }
  }
}
