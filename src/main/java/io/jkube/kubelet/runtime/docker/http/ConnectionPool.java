package io.jkube.kubelet.runtime.docker.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections between two requests, newest first. Safe for any number of threads. */
final class ConnectionPool implements Closeable {
  private static final int MOST_IDLE = 16;
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(60);

  private final Link.Opener opener;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ConnectionPool(Link.Opener opener) {
    this.opener = opener;
  }

  /** A connection that stood a moment ago, or a new one. */
  Connection take() throws IOException {
    if (closed) {
      throw new IOException("the client is closed");
    }
    for (var next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      if (!stale(next) && next.usable()) {
        return next;
      }
      next.close();
    }
    return new Connection(opener.open());
  }

  /** Keeps a connection whose last response was read to its end. */
  void give(Connection connection) throws IOException {
    idle.addFirst(connection.idleSince(System.nanoTime()));
    while (closed || idle.size() > MOST_IDLE) {
      var oldest = idle.pollLast();
      if (oldest == null) {
        return;
      }
      oldest.close();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (var connection : new ArrayList<>(idle)) {
      connection.close();
    }
    idle.clear();
  }

  private static boolean stale(Connection connection) {
    return System.nanoTime() - connection.idleSinceNanos() > LONGEST_IDLE.toNanos();
  }
}
