package io.jkube.network.proxy;

import io.jkube.api.ObjectKey;
import java.util.Objects;

/**
 * The {@code healthCheckNodePort} of a service with {@code externalTrafficPolicy: Local}.
 *
 * @param endpoints how many are ready on this machine
 */
public record HealthCheck(ObjectKey service, int port, int endpoints) {
  public HealthCheck {
    Objects.requireNonNull(service, "service");
  }
}
