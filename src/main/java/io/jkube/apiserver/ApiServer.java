package io.jkube.apiserver;

import io.javalin.Javalin;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The server's sockets. Starting them needs no store: until {@link #serve} hands over a filter
 * chain every request is answered with 503, so that opening ports and opening the state go side by
 * side.
 */
public final class ApiServer implements AutoCloseable {
  private final AtomicReference<FilterChain> chain = new AtomicReference<>();
  private final ListenSettings settings;
  private Javalin javalin;
  private Connectors connectors;

  private ApiServer(ListenSettings settings) {
    this.settings = settings;
  }

  /**
   * Binds and listens.
   *
   * @throws IOException when a port is taken (and the next ones too, where they may be tried), or
   *     the socket cannot be made
   */
  public static ApiServer start(ListenSettings settings) throws IOException {
    var server = new ApiServer(settings);
    server.listen();
    return server;
  }

  /** From now on requests go here. */
  public void serve(FilterChain ready) {
    chain.set(ready);
  }

  /** The TLS port in use. */
  public int port() {
    return connectors.tlsPort();
  }

  /**
   * Listens with TLS on a further address, too, at the same port or the next free one.
   *
   * @return the port
   */
  public int alsoListenOn(String host) throws IOException {
    return connectors.addTls(javalin.jettyServer().server(), host);
  }

  /** The port without TLS; {@link ListenSettings#NO_INSECURE_PORT} when there is none. */
  public int insecurePort() {
    return connectors.insecurePort();
  }

  /** Stops listening and ends the requests under way. */
  @Override
  public void close() {
    javalin.stop();
    connectors.removeSocket();
  }

  private void listen() throws IOException {
    connectors = Connectors.bind(settings);
    var routes = new Routes(chain::get);
    javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.concurrency.useVirtualThreads = true;
              config.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
              config.http.maxRequestSize = Long.MAX_VALUE;
              config.jetty.modifyHttpConfiguration(Connectors::configure);
              config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new StatusPages()));
              connectors.addTo(config.jetty);
              routes.addTo(config.routes);
              config.jetty.modifyServletContextHandler(
                  context -> {
                    context.getServletHandler().setDecodeAmbiguousURIs(true); // Routes looks at it
                    context.addFilter(
                        new WebSocketFilter(routes), "/*", EnumSet.of(DispatcherType.REQUEST));
                  });
            });
    javalin.start();
  }
}
