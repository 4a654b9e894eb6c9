package io.jkube.kubelet.runtime.fake;

import io.jkube.kubelet.runtime.ContainerRuntime.LogLine;
import io.jkube.kubelet.runtime.ContainerRuntime.LogRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.LogStream;

/** Reads a fake container's output. Closing it interrupts the reader. */
final class FakeLogStream implements LogStream {
  private final FakeContainer container;
  private final LogRequest request;
  private int next;
  private volatile Thread reader;
  private volatile boolean closed;

  FakeLogStream(FakeContainer container, LogRequest request) {
    this.container = container;
    this.request = request;
    this.next = request.tail() < 0 ? 0 : Math.max(0, container.lines() - request.tail());
  }

  @Override
  public LogLine next() {
    reader = Thread.currentThread();
    try {
      while (!closed) {
        var line = container.line(next++, request.follow());
        if (line == null || request.since() == null || !line.time().isBefore(request.since())) {
          return line;
        }
      }
      return null;
    } catch (InterruptedException closing) {
      if (!closed) {
        Thread.currentThread().interrupt();
      }
      return null;
    } finally {
      reader = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    var waiting = reader;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
