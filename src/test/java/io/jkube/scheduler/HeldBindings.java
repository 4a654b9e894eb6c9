package io.jkube.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to the server on which bindings stand still between {@link #hold} and {@link #letGo}. */
final class HeldBindings implements Transport {
  private final Transport server;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile int mostAtOnce;

  HeldBindings(Transport server) {
    this.server = server;
  }

  void hold() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  int mostAtOnce() {
    return mostAtOnce;
  }

  @Override
  public ObjectNode send(ApiCall call) {
    return call.path().endsWith("/binding") ? bind(call) : server.send(call);
  }

  private ObjectNode bind(ApiCall call) {
    int now = underWay.incrementAndGet();
    synchronized (this) {
      mostAtOnce = Math.max(mostAtOnce, now);
    }
    try {
      gate.await();
      return server.send(call);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    } finally {
      underWay.decrementAndGet();
    }
  }

  @Override
  public WatchStream watch(ApiCall call) {
    return server.watch(call);
  }

  @Override
  public InputStream stream(ApiCall call) {
    return server.stream(call);
  }
}
