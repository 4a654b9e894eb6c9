package io.jkube.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executors;

/**
 * The far end of {@link TrafficClient}'s connections: {@code TrafficServer PORT}. A client's first
 * byte says what it wants.
 */
final class TrafficServer {
  /** As many bytes as it will take. */
  static final byte FLOOD = 'F';

  /** Each byte back, at once. */
  static final byte ECHO = 'E';

  private static final int BACKLOG = 1024;
  private static final int BUFFER_BYTES = 128 * 1024;

  private TrafficServer() {}

  public static void main(String[] arguments) throws IOException {
    try (var listener = ServerSocketChannel.open();
        var threads = Executors.newCachedThreadPool()) {
      listener.bind(new InetSocketAddress(Integer.parseInt(arguments[0])), BACKLOG);
      while (true) {
        var client = listener.accept();
        threads.execute(() -> serve(client));
      }
    }
  }

  private static void serve(SocketChannel client) {
    try (client) {
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var wanted = ByteBuffer.allocateDirect(1);
      if (client.read(wanted) == 1) {
        if (wanted.get(0) == FLOOD) {
          flood(client);
        } else {
          echo(client);
        }
      }
    } catch (IOException gone) {
      // As every client ends.
      return;
    }
  }

  private static void flood(SocketChannel client) throws IOException {
    var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    while (true) {
      client.write(buffer.clear());
    }
  }

  private static void echo(SocketChannel client) throws IOException {
    var buffer = ByteBuffer.allocateDirect(1);
    while (client.read(buffer.clear()) == 1) {
      client.write(buffer.flip());
    }
  }
}
