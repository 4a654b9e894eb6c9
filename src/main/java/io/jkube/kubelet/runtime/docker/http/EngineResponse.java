package io.jkube.kubelet.runtime.docker.http;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A response being read. Closing it gives its connection back, or closes it when bytes are left.
 */
final class EngineResponse implements Response {
  private static final int MOST_REST_BYTES = 4096;

  private final ResponseHead head;
  private final Body body;
  private final Connection connection;
  private final ConnectionPool pool;
  private final Watchdog.Watch watch;
  private final boolean shared;
  private final InputStream guarded;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param shared whether another thread may close it while one reads: its connection serves no
   *     second request
   */
  EngineResponse(
      ResponseHead head,
      Body body,
      Connection connection,
      ConnectionPool pool,
      Watchdog.Watch watch,
      boolean shared) {
    this.head = head;
    this.body = body;
    this.connection = connection;
    this.pool = pool;
    this.watch = watch;
    this.shared = shared;
    this.guarded = new Guarded();
  }

  @Override
  public int getStatusCode() {
    return head.status();
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    return head.headers();
  }

  @Override
  public InputStream getBody() {
    return guarded;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    watch.end();
    try {
      if (finished() && !watch.barked() && !head.says("Connection", "close")) {
        pool.give(connection);
      } else {
        connection.close();
      }
    } catch (IOException alreadyClosed) {
      // Closing was all we wanted.
    }
  }

  /**
   * Readers of JSON stop at its last bracket, so what ends the body is read here. Not for a stream,
   * which another thread may be reading.
   */
  private boolean finished() throws IOException {
    if (shared) {
      return false;
    }
    var rest = new byte[MOST_REST_BYTES];
    for (int left = rest.length, count = 0;
        left > 0 && count >= 0 && !body.complete();
        left -= count) {
      count = body.read(rest, 0, left);
    }
    return body.complete();
  }

  /** Tells a timeout for what it is. */
  private final class Guarded extends FilterInputStream {
    Guarded() {
      super(body);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException lost) {
        throw explained(lost);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException lost) {
        throw explained(lost);
      }
    }

    @Override
    public void close() {
      EngineResponse.this.close();
    }

    private IOException explained(IOException lost) {
      if (!watch.barked()) {
        return lost;
      }
      var late = new InterruptedIOException("the engine stopped in the middle of an answer");
      late.initCause(lost);
      return late;
    }
  }
}
