package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;

/** Ends containers and removes them; what is gone already is as it shall be. */
final class Containers {
  /** What an engine may take for itself beyond the container's own time. */
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(60);

  private Containers() {}

  static void stop(Engine engine, String id, Duration grace) {
    long seconds = grace.plusMillis(999).toSeconds();
    unlessGone(
        () -> engine.post("/containers/" + id + "/stop?t=" + seconds, grace.plus(KILL_TIMEOUT)));
  }

  static void remove(Engine engine, String id) {
    unlessGone(() -> engine.delete("/containers/" + id + "?force=1&v=1", KILL_TIMEOUT));
  }

  private static void unlessGone(Runnable order) {
    try {
      order.run();
    } catch (RuntimeFailure failure) {
      boolean gone =
          failure.kind() == RuntimeFailure.Kind.NOT_FOUND
              || failure.kind() == RuntimeFailure.Kind.CONFLICT
                  && failure.getMessage().contains("already in progress");
      if (!gone) {
        throw failure;
      }
    }
  }
}
