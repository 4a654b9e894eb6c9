package io.jkube.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Asks name servers for addresses, in turns, with many clients at once: {@code NameClient ROUNDS
 * NAMES SERVER...}, where a {@code #} in the name stands for numbers below {@code NAMES}. Prints a
 * line a round and server: the server's number, questions a second, milliseconds that 99 of 100
 * took at most.
 */
final class NameClient {
  static final int CLIENTS = 16;
  static final String PATTERN = "svc-#.default.svc.cluster.local";

  private static final Duration TURN = Duration.ofSeconds(1);
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int MAX_BYTES = 512;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int ANSWERS_AT = 6;
  private static final double SECOND = 1e9;

  private NameClient() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(arguments[0]);
    int names = Integer.parseInt(arguments[1]);
    for (int round = -1; round < rounds; round++) {
      for (int server = 2; server < arguments.length; server++) {
        var found = load(TrafficClient.address(arguments[server]), names);
        if (round >= 0) {
          System.out.println((server - 2) + " " + found);
        }
      }
    }
  }

  private static String load(InetSocketAddress server, int names)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var clients = new ArrayList<Callable<Samples>>();
    for (int i = 0; i < CLIENTS; i++) {
      int first = i;
      clients.add(() -> ask(server, names, first, begin + TURN.toNanos()));
    }
    var all = new Samples();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (var client : threads.invokeAll(clients)) {
        all.addAll(client.get());
      }
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    }
    return all.count() / ((System.nanoTime() - begin) / SECOND) + " " + all.percentile(99);
  }

  private static Samples ask(InetSocketAddress server, int names, int first, long end)
      throws IOException {
    var samples = new Samples();
    try (var socket = new DatagramSocket()) {
      socket.connect(server);
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (int i = first; System.nanoTime() < end; i++) {
        var query = query(i, PATTERN.replace("#", Integer.toString(i % names)));
        long begin = System.nanoTime();
        socket.send(new DatagramPacket(query, query.length));
        var answer = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        socket.receive(answer);
        samples.addNanos(System.nanoTime() - begin);
        if (ByteBuffer.wrap(answer.getData()).getShort(ANSWERS_AT) != 1) {
          throw new IOException("not one address");
        }
      }
    }
    return samples;
  }

  /** A question for the addresses of a name. */
  static byte[] query(int id, String name) {
    var out = ByteBuffer.allocate(MAX_BYTES).putShort((short) id);
    out.putShort((short) RECURSION_DESIRED).putShort((short) 1).putShort((short) 0).putInt(0);
    for (var label : name.split("\\.")) {
      out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.put((byte) 0).putShort((short) 1).putShort((short) 1);
    return Arrays.copyOf(out.array(), out.position());
  }
}
