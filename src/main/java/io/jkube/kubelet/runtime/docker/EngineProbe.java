package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;

/** Asks whether an engine answers. */
@FunctionalInterface
public interface EngineProbe {
  /** How long an engine may take to say who it is. */
  Duration TIMEOUT = Duration.ofSeconds(5);

  /**
   * Answers the engine's version.
   *
   * @throws RuntimeFailure that says why it will not do
   */
  String version(EngineAddress address);

  /** A real question. */
  static EngineProbe real() {
    return address -> {
      try (var engine = Engine.connect(address, TIMEOUT)) {
        return engine.version().version();
      }
    };
  }
}
