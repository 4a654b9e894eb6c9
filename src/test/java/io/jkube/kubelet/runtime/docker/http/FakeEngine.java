package io.jkube.kubelet.runtime.docker.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A Unix-socket server that answers each request as its test says, byte by byte. */
public final class FakeEngine implements AutoCloseable {
  /** Answers one request, whose head was read; {@code false} closes the connection. */
  @FunctionalInterface
  public interface Script {
    boolean answer(String head, InputStream input, OutputStream output) throws Exception;
  }

  private final ServerSocketChannel server;
  private final Path socket;
  private final Script script;
  private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();

  public FakeEngine(Path folder, Script script) throws IOException {
    this.socket = folder.resolve("engine.sock");
    this.script = script;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::accept);
  }

  public Path socket() {
    return socket;
  }

  /** How many connections came. */
  public int accepted() {
    return accepted.get();
  }

  /** Whether it closed every connection that came so far. */
  public boolean hasClosedAll() {
    return connections.stream().noneMatch(SocketChannel::isOpen);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var connection : connections) {
      connection.close();
    }
  }

  /** A whole answer with a length. */
  public static byte[] sized(int status, String body) {
    return ("HTTP/1.1 " + status + " Said\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void accept() {
    try {
      while (true) {
        var connection = server.accept();
        connections.add(connection);
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      var input = new BufferedInputStream(Channels.newInputStream(connection));
      var output = Channels.newOutputStream(connection);
      for (var head = head(input); head != null; head = head(input)) {
        if (!script.answer(head, input, output)) {
          return;
        }
      }
    } catch (Exception ended) {
      // The client went: the test looks at what the client saw.
    }
  }

  private static String head(InputStream input) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = input.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
