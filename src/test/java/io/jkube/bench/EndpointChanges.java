package io.jkube.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from the write of a slice until clients meet what it says: a service comes by
 * its endpoint, and loses it again.
 *
 * @param address of somebody who serves at {@code port}
 */
record EndpointChanges(ServiceObjects objects, String address, int port) {
  private static final int CHANGES = 20;
  private static final int PAUSE_MILLIS = 1;
  private static final int PATIENCE_MILLIS = 2_000;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_BYTES = 512;
  private static final int ANSWERS_AT = 6;

  private interface Look {
    boolean isThere() throws IOException;
  }

  /** Until a connection to its cluster IP is led, or refused. */
  Samples untilRouted() throws IOException, InterruptedException {
    var clusterIp = objects.create("moving", "ClusterIP", port);
    objects.slice("moving", List.of(), port);
    var way = new InetSocketAddress(InetAddress.ofLiteral(clusterIp), port);
    return changes("moving", () -> answers(way));
  }

  /** Until its name has an address, or none. */
  Samples untilNamed(JsonNode kubeDns) throws IOException, InterruptedException {
    objects.createHeadless("named", port);
    objects.slice("named", List.of(), port);
    var server = InetAddress.ofLiteral(kubeDns.at("/spec/clusterIP").asText());
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(server, 53));
      socket.setSoTimeout(PATIENCE_MILLIS);
      return changes("named", () -> hasAddress(socket, "named.default.svc.cluster.local"));
    }
  }

  private Samples changes(String service, Look look) throws IOException, InterruptedException {
    var samples = new Samples();
    for (int i = 0; i < CHANGES; i++) {
      boolean there = i % 2 == 0;
      long begin = System.nanoTime();
      objects.replace(service, there ? List.of(address) : List.of(), port);
      while (look.isThere() != there) {
        if (System.nanoTime() - begin > LIMIT_NANOS) {
          throw new IOException("no change of " + service + " is seen");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      samples.addNanos(System.nanoTime() - begin);
    }
    return samples;
  }

  /** Whether a {@link TrafficServer} is there. */
  static boolean answers(InetSocketAddress way) {
    try (var server = SocketChannel.open(way)) {
      server.write(ByteBuffer.wrap(new byte[] {TrafficServer.ECHO, 1}));
      return server.read(ByteBuffer.allocate(1)) == 1;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean hasAddress(DatagramSocket socket, String name) throws IOException {
    var query = NameClient.query(1, name);
    socket.send(new DatagramPacket(query, query.length));
    var answer = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
    socket.receive(answer);
    return ByteBuffer.wrap(answer.getData()).getShort(ANSWERS_AT) > 0;
  }
}
