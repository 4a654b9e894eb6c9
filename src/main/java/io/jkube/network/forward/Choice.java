package io.jkube.network.forward;

import io.jkube.network.proxy.Backend;
import io.jkube.network.proxy.ServicePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which backend comes next. With affinity it is the one before as long as it is there: all clients
 * here have one address. Thread-safe.
 */
final class Choice {
  private List<Backend> backends = List.of();
  private long affinityNanos;
  private Backend last;
  private long lastUse;

  synchronized void update(ServicePort port) {
    backends = port.backends();
    affinityNanos = Duration.ofSeconds(port.affinitySeconds()).toNanos();
  }

  /** All of them, in the order in which they are to be tried. */
  synchronized List<Backend> order() {
    var order = new ArrayList<>(backends);
    Collections.shuffle(order);
    if (affinityNanos > 0 && System.nanoTime() - lastUse < affinityNanos && order.remove(last)) {
      order.addFirst(last);
    }
    return order;
  }

  synchronized void used(Backend backend) {
    last = backend;
    lastUse = System.nanoTime();
  }
}
