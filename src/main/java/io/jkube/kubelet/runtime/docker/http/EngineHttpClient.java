package io.jkube.kubelet.runtime.docker.http;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Requests to one engine. Safe for any number of threads; each waits on its own connection.
 *
 * <p>A lost connection, a timeout and an interruption are {@link UncheckedIOException}s; after an
 * interruption the thread's flag is set.
 */
public final class EngineHttpClient implements DockerHttpClient {
  private final ConnectionPool pool;
  private final String host;
  private final Duration timeout;

  private EngineHttpClient(Link.Opener opener, String host, Duration timeout) {
    this.pool = new ConnectionPool(opener);
    this.host = host;
    this.timeout = timeout;
  }

  /**
   * @param timeout from the request to the last byte of its answer, for all but {@link #stream}
   */
  public static EngineHttpClient unix(Path socket, Duration timeout) {
    var address = UnixDomainSocketAddress.of(socket);
    return new EngineHttpClient(() -> ChannelLink.open(address), "docker", timeout);
  }

  /** As {@link #unix}, to a TCP port. */
  public static EngineHttpClient tcp(String host, int port, Duration timeout) {
    return new EngineHttpClient(
        () -> ChannelLink.open(new InetSocketAddress(host, port)), host, timeout);
  }

  /**
   * As {@link #tcp}, encrypted.
   *
   * @param certificates the folder of {@code ca.pem}, {@code cert.pem}, {@code key.pem}
   */
  public static EngineHttpClient tls(String host, int port, Path certificates, Duration timeout) {
    return new EngineHttpClient(new TlsOpener(host, port, certificates), host, timeout);
  }

  @Override
  public Response execute(Request request) {
    return execute(request, timeout);
  }

  /** As {@link #execute(Request)}, with its own time limit for head and body. */
  public Response execute(Request request, Duration limit) {
    return send(request, limit, false);
  }

  /**
   * A request whose answer lasts as long as it lasts: only its head has to come in {@code limit},
   * or null for however long that takes.
   */
  public Response stream(Request request, Duration limit) {
    return send(request, limit, true);
  }

  @Override
  public void close() throws IOException {
    pool.close();
  }

  private Response send(Request request, Duration limit, boolean endless) {
    try {
      var connection = pool.take();
      var watch = Watchdog.over(connection, limit);
      try {
        return exchange(request, connection, watch, endless);
      } catch (IOException lost) {
        watch.end();
        connection.close();
        throw explained(lost, watch, limit);
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost.getMessage(), lost);
    }
  }

  private EngineResponse exchange(
      Request request, Connection connection, Watchdog.Watch watch, boolean endless)
      throws IOException {
    connection.send(request, host);
    var head = ResponseHead.read(connection.input());
    boolean hijacked = request.hijackedInput() != null && head.status() < 300;
    boolean shared = endless || hijacked;
    if (shared) {
      watch.end();
    }
    var body = Body.of(head, hijacked, connection.input());
    if (hijacked) {
      Thread.ofVirtual().name("engine-stdin").start(() -> carry(request, connection));
    }
    return new EngineResponse(head, body, connection, pool, watch, shared);
  }

  private static void carry(Request request, Connection connection) {
    try (var input = request.hijackedInput()) {
      connection.carry(input);
    } catch (IOException ended) {
      // The process went first, or the stream was closed: the reader of its output learns it.
    }
  }

  private static IOException explained(IOException lost, Watchdog.Watch watch, Duration limit) {
    if (watch.barked()) {
      var late = new InterruptedIOException("no answer within " + limit.toMillis() + " ms");
      late.initCause(lost);
      return late;
    }
    return lost instanceof ClosedByInterruptException || lost.getMessage() != null
        ? lost
        : new IOException("the connection was closed", lost);
  }
}
