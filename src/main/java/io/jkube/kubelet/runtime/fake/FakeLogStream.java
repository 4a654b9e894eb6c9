package io.jkube.kubelet.runtime.fake;

import io.jkube.kubelet.runtime.ContainerRuntime.LogLine;
import io.jkube.kubelet.runtime.ContainerRuntime.LogRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.LogStream;

/** Reads a fake container's output. Closing it wakes the reader. */
final class FakeLogStream implements LogStream {
  private final FakeContainer container;
  private final LogRequest request;
  private int next;
  private volatile boolean closed;

  FakeLogStream(FakeContainer container, LogRequest request) {
    this.container = container;
    this.request = request;
    this.next = request.tail() < 0 ? 0 : Math.max(0, container.lines() - request.tail());
  }

  @Override
  public LogLine next() {
    try {
      LogLine line;
      do {
        line = container.line(next++, () -> request.follow() && !closed);
      } while (line != null && request.since() != null && line.time().isBefore(request.since()));
      return closed ? null : line;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void close() {
    closed = true;
    container.wakeReaders();
  }
}
