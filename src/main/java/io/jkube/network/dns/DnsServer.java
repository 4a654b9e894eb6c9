package io.jkube.network.dns;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for questions on one address, over UDP and TCP. */
public final class DnsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
  private static final int MAX_QUERY_BYTES = 4096;
  private static final int IDLE_MILLIS = 10_000;

  /** Questions that wait for other servers, and connections; more are let drop. */
  private static final int MAX_UNDER_WAY = 1000;

  private final DatagramChannel datagrams;
  private final ServerSocketChannel connections;
  private final Resolver resolver;
  private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);

  private DnsServer(DatagramChannel datagrams, ServerSocketChannel connections, Resolver resolver) {
    this.datagrams = datagrams;
    this.connections = connections;
    this.resolver = resolver;
  }

  /**
   * Binds and begins to answer.
   *
   * @param port wanted; another one where it cannot be had
   * @param zone {@code cluster.local}
   * @param resolvConf names the servers to ask about other zones
   */
  public static DnsServer start(
      String address,
      int port,
      String zone,
      ServiceRecords records,
      Path resolvConf,
      InstantSource clock)
      throws IOException {
    return start(address, port, zone, records, Upstream.servers(resolvConf), clock);
  }

  static DnsServer start(
      String address,
      int port,
      String zone,
      ServiceRecords records,
      List<InetSocketAddress> servers,
      InstantSource clock)
      throws IOException {
    var resolver = new Resolver(new ClusterNames(zone, records), new Upstream(servers, clock));
    DnsServer server;
    try {
      server = bind(address, port, resolver);
    } catch (IOException | SecurityException taken) {
      server = bind(address, 0, resolver);
    }
    Thread.ofPlatform().daemon().name("dns").start(server::readDatagrams);
    Thread.ofVirtual().name("dns-tcp").start(server::acceptConnections);
    return server;
  }

  private static DnsServer bind(String address, int port, Resolver resolver) throws IOException {
    var connections = ServerSocketChannel.open();
    var datagrams = DatagramChannel.open();
    boolean bound = false;
    try {
      connections.bind(new InetSocketAddress(address, port));
      datagrams.bind(connections.getLocalAddress());
      bound = true;
      return new DnsServer(datagrams, connections, resolver);
    } finally {
      if (!bound) {
        connections.close();
        datagrams.close();
      }
    }
  }

  /** The same for UDP and TCP. */
  public int port() {
    return connections.socket().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    connections.close();
  }

  private void readDatagrams() {
    var buffer = ByteBuffer.allocateDirect(MAX_QUERY_BYTES);
    while (datagrams.isOpen()) {
      try {
        buffer.clear();
        var client = datagrams.receive(buffer);
        var query = new byte[buffer.flip().remaining()];
        buffer.get(query);
        answer(query, client);
      } catch (ClosedChannelException end) {
        return;
      } catch (IOException | RuntimeException failure) {
        LOG.debug("a question was not answered", failure);
      }
    }
  }

  private void answer(byte[] query, SocketAddress client) throws IOException {
    var question = Question.read(query);
    if (question.isEmpty()) {
      return;
    }
    var own = resolver.own(question.get(), question.get().maxBytes());
    if (own.isPresent()) {
      datagrams.send(ByteBuffer.wrap(own.get()), client);
    } else {
      inBackground("dns-question", () -> ask(question.get(), client));
    }
  }

  private void ask(Question question, SocketAddress client) throws IOException {
    var answer = resolver.foreign(question, false, question.maxBytes());
    datagrams.send(ByteBuffer.wrap(answer), client);
  }

  private void acceptConnections() {
    while (connections.isOpen()) {
      try {
        var client = connections.accept();
        if (!inBackground("dns-connection", () -> serve(client))) {
          client.close();
        }
      } catch (ClosedChannelException end) {
        return;
      } catch (IOException failure) {
        LOG.debug("a connection was not accepted", failure);
      }
    }
  }

  private void serve(SocketChannel client) throws IOException {
    try (client) {
      client.socket().setSoTimeout(IDLE_MILLIS);
      var in = new DataInputStream(client.socket().getInputStream());
      while (true) {
        var query = in.readNBytes(in.readUnsignedShort());
        var question = Question.read(query);
        if (question.isEmpty()) {
          return;
        }
        var answer =
            resolver
                .own(question.get(), Reply.MAX_BYTES)
                .orElseGet(() -> resolver.foreign(question.get(), true, Reply.MAX_BYTES));
        var framed = ByteBuffer.allocate(answer.length + 2);
        framed.putShort((short) answer.length).put(answer);
        client.socket().getOutputStream().write(framed.array());
      }
    } catch (EOFException | java.net.SocketTimeoutException end) {
      // The client has asked all it wanted.
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private boolean inBackground(String name, Work work) {
    if (!underWay.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                work.run();
              } catch (IOException | RuntimeException failure) {
                LOG.debug("a question was not answered", failure);
              } finally {
                underWay.release();
              }
            });
    return true;
  }
}
