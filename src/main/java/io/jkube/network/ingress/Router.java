package io.jkube.network.ingress;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves HTTP/1.1 and HTTP/2, with TLS at one door and without at the other. */
final class Router implements AutoCloseable {
  private static final int THREADS = 32;
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int SELECTORS = 1;
  private static final long STOP_MILLIS = 1_000;

  /** Applications have slashes in names, and empty elements; what a path means is their matter. */
  private static final UriCompliance PATHS =
      UriCompliance.DEFAULT.with(
          "ingress",
          UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT);

  private final Server server;

  private Router(Server server) {
    this.server = server;
  }

  /**
   * Owns the doors from now on.
   *
   * @param routes the newest table, asked at every request
   */
  static Router open(
      Doors plain, Doors secured, Supplier<RouteTable> routes, Certificates certificates)
      throws IOException {
    var threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("ingress");
    threads.setDaemon(true);
    var server = new Server(threads);
    server.setStopTimeout(STOP_MILLIS);
    var backends = new Backends(server);
    server.addBean(backends.client());
    server.setHandler(new Forwarding(routes, backends));
    var router = new Router(server);
    try {
      router.listen(plain, withoutTls());
      router.listen(secured, withTls(certificates));
      server.start();
      backends.passEverythingOn();
      return router;
    } catch (Exception failure) {
      router.close();
      throw new IOException("the router for ingresses does not start: " + failure, failure);
    }
  }

  /** Gives the ports back; requests under way are broken off after a second. */
  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IOException("the router for ingresses does not end: " + failure, failure);
    }
  }

  private void listen(Doors doors, List<ConnectionFactory> protocols) throws IOException {
    for (var channel : doors.channels()) {
      var connector =
          new ServerConnector(
              server, null, null, null, 0, SELECTORS, protocols.toArray(ConnectionFactory[]::new));
      connector.setIdleTimeout(Backends.IDLE.toMillis());
      connector.open(channel);
      server.addConnector(connector);
    }
  }

  private static List<ConnectionFactory> withoutTls() {
    var http = configuration();
    var http2 = new HTTP2CServerConnectionFactory(http);
    http2.setStreamIdleTimeout(0);
    return List.of(new HttpConnectionFactory(http), http2);
  }

  private static List<ConnectionFactory> withTls(Certificates certificates)
      throws GeneralSecurityException {
    var http = configuration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    var context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {certificates}, null, null);
    var tls = new SslContextFactory.Server();
    tls.setSslContext(context);
    var http1 = new HttpConnectionFactory(http);
    var http2 = new HTTP2ServerConnectionFactory(http);
    http2.setStreamIdleTimeout(0);
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    var protocols = new ArrayList<ConnectionFactory>();
    protocols.add(new SslConnectionFactory(tls, alpn.getProtocol()));
    protocols.addAll(List.of(alpn, http2, http1));
    return protocols;
  }

  private static HttpConfiguration configuration() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setResponseHeaderSize(MAX_HEADER_BYTES);
    http.setUriCompliance(PATHS);
    http.setIdleTimeout(0);
    return http;
  }
}
