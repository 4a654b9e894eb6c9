package io.jkube.network.forward;

import io.jkube.network.proxy.Backend;
import io.jkube.network.proxy.ServicePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads connections; a client that nobody serves is reset at once. */
final class TcpEntrance implements Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(TcpEntrance.class);
  private static final int CONNECT_MILLIS = 1_000;

  private final ServerSocketChannel listener;
  private final Relay relay;
  private final Choice choice = new Choice();
  private final Thread acceptor;

  private TcpEntrance(ServerSocketChannel listener, int port, Relay relay) {
    this.listener = listener;
    this.relay = relay;
    this.acceptor = Thread.ofVirtual().name("entrance " + port).start(this::accept);
  }

  /**
   * @param relay passes on what those who come in say
   * @throws java.net.BindException the port is taken, or needs rights that this process has not
   */
  static TcpEntrance open(int port, Relay relay) throws IOException {
    var listener = ServerSocketChannel.open();
    boolean bound = false;
    try {
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      bound = true;
    } finally {
      if (!bound) {
        listener.close();
      }
    }
    return new TcpEntrance(listener, port, relay);
  }

  @Override
  public void lead(ServicePort port) {
    choice.update(port);
  }

  @Override
  public void close() {
    close(listener);
    Entrance.awaitEnd(acceptor);
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        var client = listener.accept();
        Thread.ofVirtual().name("entrance-connection").start(() -> lead(client));
      } catch (IOException failure) {
        LOG.debug("no connection was accepted", failure);
      }
    }
  }

  private void lead(SocketChannel client) {
    try {
      var server = connect();
      if (server.isPresent()) {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        relay.join(client, server.get());
      } else {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        close(client);
      }
    } catch (IOException gone) {
      close(client);
    }
  }

  private Optional<SocketChannel> connect() {
    for (var backend : choice.order()) {
      try {
        var server = connect(backend);
        choice.used(backend);
        return Optional.of(server);
      } catch (IOException refused) {
        LOG.debug("{}: {}", backend, refused.toString());
      }
    }
    return Optional.empty();
  }

  private static SocketChannel connect(Backend backend) throws IOException {
    var server = SocketChannel.open();
    boolean connected = false;
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral(backend.address()), backend.port());
      server.socket().connect(address, CONNECT_MILLIS);
      server.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connected = true;
      return server;
    } finally {
      if (!connected) {
        server.close();
      }
    }
  }

  private static void close(java.io.Closeable channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      LOG.debug("closing a channel failed", ignored);
    }
  }
}
