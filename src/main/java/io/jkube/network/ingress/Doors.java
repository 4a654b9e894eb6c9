package io.jkube.network.ingress;

import io.jkube.network.forward.PortHolder;
import io.jkube.network.proxy.Protocol;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * One port of this machine's loopback addresses, IPv4 and, where it is there, IPv6: names below
 * {@code localhost} stand for both.
 *
 * @param trouble why it is not the port that was wanted; empty where it is
 */
record Doors(int port, List<ServerSocketChannel> channels, String trouble)
    implements AutoCloseable {
  private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");
  private static final int PORTS_TO_TRY = 100;

  Doors {
    channels = List.copyOf(channels);
    Objects.requireNonNull(trouble, "trouble");
  }

  /**
   * Takes the first port that is free.
   *
   * @param last which one it was the time before, which it is again; 0 for none
   * @param wanted 80 or 443
   * @param other the first to try where that is not to be had; the next ones follow
   */
  static Doors open(int last, int wanted, int other) throws IOException {
    var tries = new LinkedHashSet<Integer>();
    if (last != 0) {
      tries.add(last);
    }
    tries.add(wanted);
    for (int next = other; next < other + PORTS_TO_TRY; next++) {
      tries.add(next);
    }
    for (int port : tries) {
      try {
        var channels = open(port);
        return new Doors(port, channels, port == wanted ? "" : trouble(wanted));
      } catch (BindException taken) {
        continue;
      }
    }
    throw new IOException(
        "port %d and those from %d of 127.0.0.1 are taken".formatted(wanted, other));
  }

  private static String trouble(int wanted) {
    try {
      open(wanted).forEach(Doors::close);
      return "";
    } catch (IOException refused) {
      return PortHolder.why(Protocol.TCP, wanted, refused);
    }
  }

  private static List<ServerSocketChannel> open(int port) throws IOException {
    var channels = new ArrayList<ServerSocketChannel>();
    try {
      channels.add(bind(IPV4, port));
      if (hasIpv6()) {
        channels.add(bind(IPV6, port));
      }
      return channels;
    } catch (IOException refused) {
      channels.forEach(Doors::close);
      throw refused;
    }
  }

  private static boolean hasIpv6() {
    try {
      bind(IPV6, 0).close();
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  private static ServerSocketChannel bind(InetAddress address, int port) throws IOException {
    var channel = ServerSocketChannel.open();
    try {
      return channel.bind(new InetSocketAddress(address, port));
    } catch (IOException refused) {
      close(channel);
      throw refused;
    }
  }

  private static void close(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    channels.forEach(Doors::close);
  }
}
