package io.jkube.apiserver;

import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The server's ways in: TLS with HTTP/1.1 and HTTP/2, the Unix socket, the insecure port. */
final class Connectors {
  static final String UNIX = "unix";
  static final String INSECURE = "insecure";
  private static final int PORTS_TO_TRY = 100;
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  /** A backend behind a proxy gets its path as it was sent; {@link Routes} refuses the others. */
  private static final UriCompliance PATHS =
      UriCompliance.RFC3986.with(
          "PROXIED",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
          UriCompliance.Violation.BAD_UTF8_ENCODING,
          UriCompliance.Violation.TRUNCATED_UTF8_ENCODING);

  private final ListenSettings settings;
  private final ServerSocketChannel tls;
  private final ServerSocketChannel insecure;

  private Connectors(
      ListenSettings settings, ServerSocketChannel tls, ServerSocketChannel insecure) {
    this.settings = settings;
    this.tls = tls;
    this.insecure = insecure;
  }

  /** Takes the ports, so that it is known early which ones they are. */
  static Connectors bind(ListenSettings settings) throws IOException {
    var tls =
        bindFirstFree(
            settings.host(), settings.port(), settings.nextPortIfTaken() ? PORTS_TO_TRY : 1);
    if (settings.insecurePort() == ListenSettings.NO_INSECURE_PORT) {
      return new Connectors(settings, tls, null);
    }
    try {
      return new Connectors(settings, tls, bindFirstFree("127.0.0.1", settings.insecurePort(), 1));
    } catch (IOException taken) {
      tls.close();
      throw taken;
    }
  }

  int tlsPort() {
    return tls.socket().getLocalPort();
  }

  int insecurePort() {
    return insecure == null ? ListenSettings.NO_INSECURE_PORT : insecure.socket().getLocalPort();
  }

  void addTo(JettyConfig jetty) {
    jetty.addConnector((server, http) -> opened(tlsConnector(server, http), tls));
    if (insecure != null) {
      jetty.addConnector((server, http) -> insecureConnector(server, http));
    }
    if (settings.socket() != null) {
      jetty.addConnector((server, http) -> unixConnector(server, http));
    }
  }

  /** What is common to all of them. */
  static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setUriCompliance(PATHS);
  }

  /** Takes the socket's file away; a later start would do it too. */
  void removeSocket() {
    if (settings.socket() != null) {
      try {
        Files.deleteIfExists(settings.socket());
      } catch (IOException left) {
        org.slf4j.LoggerFactory.getLogger(Connectors.class)
            .warn("cannot remove the socket {}: {}", settings.socket(), left.getMessage());
      }
    }
  }

  private ServerConnector tlsConnector(Server server, HttpConfiguration http) {
    var secure = new HttpConfiguration(http);
    secure.addCustomizer(new SecureRequestCustomizer(false));
    var factory = new SslContextFactory.Server();
    factory.setSslContext(settings.tls());
    factory.setWantClientAuth(true);
    factory.setSniRequired(false);
    var http1 = WholeChunks.factory(secure);
    var http2 = new HTTP2ServerConnectionFactory(secure);
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    var ssl = new SslConnectionFactory(factory, alpn.getProtocol());
    http2.setStreamIdleTimeout(0); // a watch may have nothing to tell for long
    return new ServerConnector(server, ssl, alpn, http2, http1);
  }

  /** One more way in, of a server that runs. */
  int addTls(Server server, String host) throws IOException {
    var channel = bindFirstFree(host, tlsPort(), PORTS_TO_TRY);
    var http = new HttpConfiguration();
    configure(http);
    var connector = opened(tlsConnector(server, http), channel);
    server.addConnector(connector);
    try {
      connector.start();
    } catch (Exception failure) {
      throw new IOException("cannot listen on " + host, failure);
    }
    return channel.socket().getLocalPort();
  }

  private Connector insecureConnector(Server server, HttpConfiguration http) {
    var connector = new ServerConnector(server, WholeChunks.factory(http));
    connector.setName(INSECURE);
    return opened(connector, insecure);
  }

  private Connector unixConnector(Server server, HttpConfiguration http) {
    removeSocket();
    var connector = new UnixDomainServerConnector(server, WholeChunks.factory(http));
    connector.setName(UNIX);
    connector.setUnixDomainPath(settings.socket());
    return connector;
  }

  private static ServerConnector opened(ServerConnector connector, ServerSocketChannel channel) {
    try {
      connector.open(channel);
      return connector;
    } catch (IOException cause) {
      throw new java.io.UncheckedIOException(cause);
    }
  }

  private static ServerSocketChannel bindFirstFree(String host, int port, int tries)
      throws IOException {
    BindException last = null;
    for (int next = port; next < port + tries && next <= 65535; next++) {
      var channel = ServerSocketChannel.open();
      try {
        return channel.bind(new InetSocketAddress(host, next));
      } catch (BindException taken) {
        channel.close();
        last = taken;
      }
    }
    throw new IOException(
        "cannot listen on " + host + ":" + port + (tries > 1 ? " or the ports after it" : ""),
        last);
  }
}
