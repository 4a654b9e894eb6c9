package io.jkube.network.forward;

import io.jkube.network.proxy.ServicePort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads datagrams: a client keeps its backend, and its way back, until it is silent for a while.
 */
final class UdpEntrance implements Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(UdpEntrance.class);
  private static final int IDLE_MILLIS = 60_000;
  private static final int MAX_DATAGRAM = 65_535;
  private static final int MAX_CLIENTS = 1_000;

  private final DatagramSocket socket;
  private final Thread receiver;
  private final Choice choice = new Choice();
  private final Map<SocketAddress, DatagramSocket> clients = new ConcurrentHashMap<>();

  private UdpEntrance(DatagramSocket socket, int port) {
    this.socket = socket;
    this.receiver = Thread.ofVirtual().name("entrance " + port + "/udp").start(this::receive);
  }

  /**
   * @throws java.net.BindException the port is taken, or needs rights that this process has not
   */
  static UdpEntrance open(int port) throws IOException {
    return new UdpEntrance(new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1")), port);
  }

  /** Clients of backends that are gone begin anew. */
  @Override
  public void lead(ServicePort port) {
    choice.update(port);
    for (var way : clients.values()) {
      var to = (InetSocketAddress) way.getRemoteSocketAddress();
      boolean there =
          to != null
              && port.backends().stream()
                  .anyMatch(
                      each ->
                          each.port() == to.getPort()
                              && each.address().equals(to.getAddress().getHostAddress()));
      if (!there) {
        way.close();
      }
    }
  }

  @Override
  public void close() {
    socket.close();
    clients.values().forEach(DatagramSocket::close);
    Entrance.awaitEnd(receiver);
  }

  private void receive() {
    var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MAX_DATAGRAM);
        socket.receive(packet);
        var way = wayOf(packet.getSocketAddress());
        if (way != null) {
          way.send(new DatagramPacket(packet.getData(), packet.getLength()));
        }
      } catch (IOException lost) {
        LOG.debug("a datagram was lost", lost);
      }
    }
  }

  /** Null when nobody serves, or too many ask. */
  private DatagramSocket wayOf(SocketAddress client) throws IOException {
    var known = clients.get(client);
    if (known != null && !known.isClosed()) {
      return known;
    }
    var order = choice.order();
    if (order.isEmpty() || clients.size() >= MAX_CLIENTS) {
      return null;
    }
    var backend = order.getFirst();
    var way = new DatagramSocket();
    way.setSoTimeout(IDLE_MILLIS);
    way.connect(new InetSocketAddress(InetAddress.ofLiteral(backend.address()), backend.port()));
    choice.used(backend);
    clients.put(client, way);
    Thread.ofVirtual().name("entrance-datagrams").start(() -> back(way, client));
    return way;
  }

  private void back(DatagramSocket way, SocketAddress client) {
    try (way) {
      var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
      while (true) {
        packet.setLength(MAX_DATAGRAM);
        way.receive(packet);
        socket.send(new DatagramPacket(packet.getData(), packet.getLength(), client));
      }
    } catch (SocketTimeoutException silent) {
      LOG.debug("{} is silent", client);
    } catch (IOException gone) {
      LOG.debug("the way of {} ends: {}", client, gone.toString());
    } finally {
      clients.remove(client, way);
    }
  }
}
