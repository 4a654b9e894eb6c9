package io.jkube.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * The machine's engine on a TCP port of the loopback interface, each direction closed by itself.
 */
public final class EngineProxy implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket listener;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  private EngineProxy(ServerSocket listener) {
    this.listener = listener;
    Thread.ofVirtual().name("engine-proxy").start(this::accept);
  }

  public static EngineProxy plain() throws IOException {
    return new EngineProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
  }

  /** Serves only who has a certificate that the context trusts. */
  public static EngineProxy tls(SSLContext context) throws IOException {
    var socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    return new EngineProxy(socket);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        Thread.ofVirtual().name("engine-proxy-client").start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
      return;
    }
  }

  private void serve(Socket client) {
    var socket = UnixDomainSocketAddress.of("/var/run/docker.sock");
    try (client;
        var engine = SocketChannel.open(socket)) {
      open.add(client);
      open.add(engine);
      var requests =
          Thread.ofVirtual()
              .name("engine-proxy-requests")
              .start(
                  () ->
                      copy(
                          () -> client.getInputStream(),
                          () -> Channels.newOutputStream(engine),
                          engine::shutdownOutput));
      copy(
          () -> Channels.newInputStream(engine),
          () -> client.getOutputStream(),
          client::shutdownOutput);
      requests.join();
    } catch (IOException gone) {
      // One of both ended; so does the other.
      return;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private static void copy(Opening<InputStream> from, Opening<OutputStream> to, Ending end) {
    try {
      from.get().transferTo(to.get());
      end.run();
    } catch (IOException gone) {
      // Nobody reads any more.
      return;
    }
  }

  private interface Opening<T> {
    T get() throws IOException;
  }

  private interface Ending {
    void run() throws IOException;
  }

  @Override
  public void close() throws Exception {
    listener.close();
    for (var each : open) {
      each.close();
    }
  }
}
