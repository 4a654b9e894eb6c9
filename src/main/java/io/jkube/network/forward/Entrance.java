package io.jkube.network.forward;

import io.jkube.network.proxy.ServicePort;

/** A port of 127.0.0.1 that leads to a service. Connections outlive their entrance. */
interface Entrance extends AutoCloseable {
  /** From now on new clients are led where this says. */
  void lead(ServicePort port);

  /** Returns when the port is free. */
  @Override
  void close();

  /**
   * The port of a socket that a virtual thread waits at is given back by that thread, not by who
   * closes the socket.
   */
  static void awaitEnd(Thread reader) {
    try {
      reader.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
