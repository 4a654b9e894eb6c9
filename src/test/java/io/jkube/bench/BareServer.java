package io.jkube.bench;

import io.javalin.Javalin;
import io.jkube.cluster.pki.KeyFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The floor of every answer over TLS: Javalin on Jetty and virtual threads, as the API server has
 * them, that answers each GET with the same bytes.
 *
 * <p>Usage: BareServer KEY-FOLDER BODY-FILE PORT-FILE; writes the port it listens on.
 */
final class BareServer {
  private BareServer() {}

  public static void main(String[] arguments) throws Exception {
    var keys = new KeyFolder(Path.of(arguments[0]), InstantSource.system()).existing();
    var body = Files.readAllBytes(Path.of(arguments[1]));
    var server = serve(keys.serverContext(), body);
    var fresh = Path.of(arguments[2] + ".new");
    Files.writeString(fresh, Integer.toString(server.port()));
    Files.move(fresh, Path.of(arguments[2]));
  }

  private static Javalin serve(SSLContext tls, byte[] body) {
    var javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.startupWatcherEnabled = false;
              config.concurrency.useVirtualThreads = true;
              config.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
              config.jetty.addConnector(
                  (server, http) -> {
                    var secure = new org.eclipse.jetty.server.HttpConfiguration(http);
                    secure.addCustomizer(new SecureRequestCustomizer(false));
                    var factory = new SslContextFactory.Server();
                    factory.setSslContext(tls);
                    factory.setSniRequired(false);
                    var http1 = new HttpConnectionFactory(secure);
                    var connector =
                        new ServerConnector(
                            server, new SslConnectionFactory(factory, http1.getProtocol()), http1);
                    connector.setHost("127.0.0.1");
                    connector.setPort(0);
                    return connector;
                  });
              config.routes.get(
                  "*",
                  context -> {
                    var response = context.res();
                    response.setContentType("application/json");
                    response.setContentLength(body.length);
                    response.getOutputStream().write(body);
                  });
            });
    return javalin.start();
  }
}
