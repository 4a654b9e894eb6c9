package io.jkube.network.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import io.jkube.network.proxy.Backend;
import io.jkube.network.proxy.Protocol;
import io.jkube.network.proxy.ServicePort;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners of 127.0.0.1 before backends of 127.0.0.1. */
@Timeout(30)
final class LoopbackProxyTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private final LoopbackProxy proxy = new LoopbackProxy();

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void aLoadBalancerPassesAllBytesAndTheEndOfEachSide() throws Exception {
    var sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (var backend = new ServerSocket(0, 10, HERE)) {
      Thread.ofVirtual().start(() -> echoOnce(backend));
      int port = freePort();
      assertTrue(proxy.accept(table(balanced("web", port, backend.getLocalPort()))));
      try (var client = new Socket(HERE, port)) {
        var writer =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        client.getOutputStream().write(sent);
                        client.shutdownOutput();
                      } catch (IOException broken) {
                        throw new java.io.UncheckedIOException(broken);
                      }
                    });
        assertArrayEquals(sent, client.getInputStream().readAllBytes());
        writer.join();
      }
    }
  }

  @Test
  void whoIsSlowToTakeHoldsNobodyElse() throws Exception {
    var sent = new byte[20_000_000];
    new Random(1).nextBytes(sent);
    try (var backend = new ServerSocket(0, 10, HERE)) {
      int port = freePort();
      proxy.accept(table(balanced("web", port, backend.getLocalPort())));
      Thread.ofVirtual().start(() -> sayOnce(backend, sent));
      try (var slow = new Socket(HERE, port)) {
        assertEquals(sent[0], (byte) slow.getInputStream().read());
        Thread.ofVirtual().start(() -> echoOnce(backend));
        try (var other = new Socket(HERE, port)) {
          other.getOutputStream().write('x');
          assertEquals('x', other.getInputStream().read());
        }
        var rest = slow.getInputStream().readAllBytes();
        assertArrayEquals(Arrays.copyOfRange(sent, 1, sent.length), rest);
      }
    }
  }

  @Test
  void aBackendThatBreaksOffEndsTheClient() throws Exception {
    try (var backend = new ServerSocket(0, 10, HERE)) {
      int port = freePort();
      proxy.accept(table(balanced("web", port, backend.getLocalPort())));
      try (var client = new Socket(HERE, port);
          var server = backend.accept()) {
        server.setSoLinger(true, 0);
        server.close();
        assertThrows(
            IOException.class,
            () -> {
              client.getInputStream().readAllBytes();
              throw new IOException("ended");
            });
      }
    }
  }

  @Test
  void whatIsUnderWayEndsWithTheProxy() throws Exception {
    try (var backend = new ServerSocket(0, 10, HERE)) {
      int port = freePort();
      proxy.accept(table(balanced("web", port, backend.getLocalPort())));
      try (var client = new Socket(HERE, port);
          var server = backend.accept()) {
        client.getOutputStream().write('x');
        assertEquals('x', server.getInputStream().read());
        proxy.close();
        assertEquals(-1, server.getInputStream().read());
      }
    }
  }

  @Test
  void whereNobodyServesALoadBalancerResetsAndANodePortRefuses() throws Exception {
    int port = freePort();
    int nodePort = freePort();
    assertTrue(proxy.accept(table(balanced("web", port), onNodes("api", nodePort))));
    assertThrows(
        IOException.class,
        () -> {
          try (var client = new Socket(HERE, port)) {
            if (client.getInputStream().read() < 0) {
              throw new IOException("ended");
            }
          }
        });
    assertThrows(java.net.ConnectException.class, () -> new Socket(HERE, nodePort).close());
  }

  @Test
  void aBackendThatRefusesIsPassedOver() throws Exception {
    try (var backend = new ServerSocket(0, 10, HERE)) {
      Thread.ofVirtual().start(() -> echoOnce(backend));
      int port = freePort();
      proxy.accept(table(balanced("web", port, freePort(), backend.getLocalPort())));
      try (var client = new Socket(HERE, port)) {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
      }
    }
  }

  @Test
  void aTakenPortIsNotedWithItsHolderAndHadWhenItIsFree() throws Exception {
    var web = new ObjectKey("team", "web");
    int port;
    try (var holder = new ServerSocket(0, 10, HERE)) {
      port = holder.getLocalPort();
      assertFalse(proxy.accept(table(balanced("web", port))));
      var why = proxy.obstacle(web);
      assertTrue(why.startsWith("port " + port + " of 127.0.0.1 is held by "), why);
      assertTrue(why.contains("(" + ProcessHandle.current().pid() + ")"), why);
    }
    assertTrue(proxy.accept(table(balanced("web", port))));
    assertEquals(null, proxy.obstacle(web));
  }

  @Test
  void ofTwoServicesTheFirstKeepsThePort() throws Exception {
    int port = freePort();
    assertTrue(proxy.accept(table(balanced("web", port))));
    assertFalse(proxy.accept(table(balanced("early", port), balanced("web", port))));
    assertEquals(null, proxy.obstacle(new ObjectKey("team", "web")));
    assertEquals(
        "port " + port + " of 127.0.0.1 is held by service \"team/web\"",
        proxy.obstacle(new ObjectKey("team", "early")));
    assertTrue(proxy.accept(table(balanced("early", port))));
  }

  @Test
  void aServiceThatGoesGivesItsPortBack() throws Exception {
    int port = freePort();
    proxy.accept(table(balanced("web", port)));
    proxy.accept(ServiceTable.EMPTY);
    new ServerSocket(port, 1, HERE).close();
  }

  @Test
  void datagramsFindTheirWayBack() throws Exception {
    try (var backend = new DatagramSocket(0, HERE);
        var client = new DatagramSocket(0, HERE)) {
      Thread.ofVirtual().start(() -> echo(backend));
      int port = freePort();
      proxy.accept(table(port("dns", Protocol.UDP, port, 0, true, backend.getLocalPort())));
      var hello = "hello".getBytes(StandardCharsets.US_ASCII);
      client.send(new DatagramPacket(hello, hello.length, HERE, port));
      var packet = new DatagramPacket(new byte[100], 100);
      client.receive(packet);
      assertArrayEquals(hello, Arrays.copyOf(packet.getData(), packet.getLength()));
      assertEquals(port, packet.getPort());
    }
  }

  private static void sayOnce(ServerSocket backend, byte[] what) {
    try (var client = backend.accept()) {
      client.getOutputStream().write(what);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static void echoOnce(ServerSocket backend) {
    try (var client = backend.accept()) {
      client.getInputStream().transferTo(client.getOutputStream());
      client.shutdownOutput();
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static void echo(DatagramSocket backend) {
    try {
      var packet = new DatagramPacket(new byte[100], 100);
      backend.receive(packet);
      backend.send(packet);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, HERE)) {
      return socket.getLocalPort();
    }
  }

  private static ServiceTable table(ServicePort... ports) {
    return new ServiceTable(List.of(ports));
  }

  private static ServicePort balanced(String name, int port, int... backends) {
    return port(name, Protocol.TCP, port, 0, true, backends);
  }

  private static ServicePort onNodes(String name, int nodePort, int... backends) {
    return port(name, Protocol.TCP, 80, nodePort, false, backends);
  }

  private static ServicePort port(
      String name, Protocol protocol, int port, int nodePort, boolean balanced, int... backends) {
    return new ServicePort(
        new ObjectKey("team", name),
        "",
        protocol,
        port,
        List.of("10.96.1.1"),
        nodePort,
        balanced,
        0,
        Arrays.stream(backends).mapToObj(each -> new Backend("127.0.0.1", each)).toList());
  }
}
