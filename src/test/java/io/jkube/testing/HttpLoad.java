package io.jkube.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Constant load: clients that ask a web server for {@code /} over and over, each time on a new
 * connection, until the load is closed.
 */
public final class HttpLoad implements AutoCloseable {
  private static final byte[] REQUEST =
      "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PATIENCE_MILLIS = 10_000;

  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean ended;

  private HttpLoad() {}

  /**
   * @param servers who is asked, with so many clients each
   */
  public static HttpLoad start(List<InetSocketAddress> servers, int clientsEach) {
    var load = new HttpLoad();
    for (var server : servers) {
      for (int i = 0; i < clientsEach; i++) {
        load.clients.add(Thread.ofPlatform().start(() -> load.ask(server)));
      }
    }
    return load;
  }

  /** How many were sent so far. */
  public int requests() {
    return requests.get();
  }

  /** What went wrong so far: an entry each. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** Returns when every request that was sent has its answer. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    for (var client : clients) {
      client.join();
    }
  }

  private void ask(InetSocketAddress server) {
    while (!ended) {
      try {
        var answer = askOnce(server);
        if (!answer.startsWith("HTTP/1.") || !answer.contains(" 200 ")) {
          failures.add(server + ": \"" + answer + "\"");
        }
      } catch (IOException failure) {
        failures.add(server + ": " + failure);
      }
      requests.incrementAndGet();
    }
  }

  private static String askOnce(InetSocketAddress server) throws IOException {
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server, PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** {@code ADDRESS} and port, without any name being looked up. */
  public static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
