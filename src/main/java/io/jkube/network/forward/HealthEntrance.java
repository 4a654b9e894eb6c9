package io.jkube.network.forward;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of 127.0.0.1 that gives every request the same answer, over HTTP. */
final class HealthEntrance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthEntrance.class);
  private static final int BACKLOG = 16;
  private static final int READ_LIMIT_MILLIS = 5_000;

  private final ServerSocket listener;
  private final Thread acceptor;
  private volatile byte[] answer = new byte[0];

  private HealthEntrance(ServerSocket listener) {
    this.listener = listener;
    this.acceptor =
        Thread.ofVirtual().name("health-check " + listener.getLocalPort()).start(this::accept);
  }

  /**
   * @throws java.net.BindException the port is taken
   */
  static HealthEntrance open(int port) throws IOException {
    return new HealthEntrance(new ServerSocket(port, BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
  }

  /** From now on. */
  void answer(boolean healthy, String json) {
    var body = json.getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 "
            + (healthy ? "200 OK" : "503 Service Unavailable")
            + "\r\nContent-Type: application/json\r\nX-Content-Type-Options: nosniff\r\n"
            + "Content-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    answer = (head + json).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      LOG.debug("closing a health check failed", failure);
    }
    Entrance.awaitEnd(acceptor);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        Thread.ofVirtual().name("health-check-client").start(() -> serve(client));
      } catch (IOException closed) {
        LOG.debug("no health check was accepted", closed);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(READ_LIMIT_MILLIS);
      var request =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (var line = request.readLine(); line != null && !line.isEmpty(); ) {
        line = request.readLine();
      }
      client.getOutputStream().write(answer);
    } catch (IOException gone) {
      LOG.debug("a health check ended early", gone);
    }
  }
}
