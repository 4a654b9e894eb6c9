package io.jkube.network.forward;

import io.jkube.network.proxy.ServicePort;

/** A port of 127.0.0.1 that leads to a service. Connections outlive their entrance. */
interface Entrance extends AutoCloseable {
  /** From now on new clients are led where this says. */
  void lead(ServicePort port);

  @Override
  void close();
}
