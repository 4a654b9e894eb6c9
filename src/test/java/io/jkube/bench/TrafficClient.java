package io.jkube.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Measures ways to one {@link TrafficServer} in turns: {@code TrafficClient MEASURE ROUNDS
 * ADDRESS:PORT...}. Prints a line a round and way: the way's number, what was measured.
 */
final class TrafficClient {
  private static final Duration TURN = Duration.ofMillis(500);
  private static final int CONNECTORS = 4;
  private static final int ECHOES = 3_000;
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final double MEBIBYTE = 1024 * 1024;
  private static final double SECOND = 1e9;

  private interface Measure {
    double along(InetSocketAddress way) throws IOException, InterruptedException;
  }

  private TrafficClient() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Measure measure =
        switch (arguments[0]) {
          case "throughput" -> TrafficClient::throughput;
          case "connections" -> TrafficClient::connections;
          case "latency" -> TrafficClient::latency;
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    int rounds = Integer.parseInt(arguments[1]);
    // The first round warms up this process and the server.
    for (int round = -1; round < rounds; round++) {
      for (int way = 2; way < arguments.length; way++) {
        var found = measure.along(address(arguments[way]));
        if (round >= 0) {
          System.out.println((way - 2) + " " + found);
        }
      }
    }
  }

  static InetSocketAddress address(String text) {
    int colon = text.indexOf(':');
    return new InetSocketAddress(
        InetAddress.ofLiteral(text.substring(0, colon)),
        Integer.parseInt(text.substring(colon + 1)));
  }

  /** MiB a second of one connection. */
  private static double throughput(InetSocketAddress way) throws IOException {
    try (var server = open(way, TrafficServer.FLOOD)) {
      var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      long bytes = 0;
      long begin = System.nanoTime();
      long end = begin + TURN.toNanos();
      while (System.nanoTime() < end) {
        bytes += server.read(buffer.clear());
      }
      return bytes / MEBIBYTE / ((System.nanoTime() - begin) / SECOND);
    }
  }

  /** Connections a second, each used for one byte there and back. */
  private static double connections(InetSocketAddress way)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Callable<Integer> connector =
        () -> {
          int done = 0;
          for (; System.nanoTime() - begin < TURN.toNanos(); done++) {
            try (var server = open(way, TrafficServer.ECHO)) {
              echo(server, ByteBuffer.allocate(1));
              // Ended at once: nothing has to wait for late packets of so many.
              server.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
          }
          return done;
        };
    try (var threads = Executors.newFixedThreadPool(CONNECTORS)) {
      int all = 0;
      for (var each : threads.invokeAll(Collections.nCopies(CONNECTORS, connector))) {
        all += each.get();
      }
      return all / ((System.nanoTime() - begin) / SECOND);
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    }
  }

  /** Milliseconds that half of the bytes take there and back, at most. */
  private static double latency(InetSocketAddress way) throws IOException {
    try (var server = open(way, TrafficServer.ECHO)) {
      var samples = new Samples();
      var one = ByteBuffer.allocateDirect(1);
      for (int i = 0; i < ECHOES; i++) {
        long begin = System.nanoTime();
        echo(server, one);
        samples.addNanos(System.nanoTime() - begin);
      }
      return samples.median();
    }
  }

  private static void echo(SocketChannel server, ByteBuffer one) throws IOException {
    server.write(one.clear());
    if (server.read(one.clear()) != 1) {
      throw new IOException("no answer");
    }
  }

  private static SocketChannel open(InetSocketAddress way, byte wanted) throws IOException {
    var server = SocketChannel.open(way);
    server.setOption(StandardSocketOptions.TCP_NODELAY, true);
    server.write(ByteBuffer.wrap(new byte[] {wanted}));
    return server;
  }
}
