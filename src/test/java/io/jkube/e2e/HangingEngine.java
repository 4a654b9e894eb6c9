package io.jkube.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Docker Engine that tells its version and its networks, of which it has none, and then hangs.
 */
final class HangingEngine implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private HangingEngine(ServerSocketChannel listener) {
    this.listener = listener;
  }

  static HangingEngine listen(Path socket) throws IOException {
    var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    var engine = new HangingEngine(listener);
    Thread.ofVirtual().start(engine::accept);
    return engine;
  }

  private void accept() {
    try {
      while (true) {
        var connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void serve(SocketChannel connection) {
    try {
      var requests = new BufferedReader(Channels.newReader(connection, StandardCharsets.US_ASCII));
      for (var line = requests.readLine(); line != null; line = requests.readLine()) {
        if (line.contains("/version HTTP") || line.contains("/_ping HTTP")) {
          answer(
              connection,
              "{\"Version\":\"20.10\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}");
        } else if (line.contains("/networks?")) {
          answer(connection, "[]");
        }
      }
    } catch (IOException closed) {
      // The client or the test is over.
    }
  }

  private static void answer(SocketChannel connection, String body) throws IOException {
    var text =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var connection : connections) {
      connection.close();
    }
  }
}
