package io.jkube.kubelet.runtime.docker;

import java.util.List;

/** What a search for an engine came to. */
public sealed interface Discovery {
  /**
   * An engine answers and is new enough.
   *
   * @param source who named it: {@code DOCKER_HOST}, {@code context colima}, {@code Docker Desktop}
   * @param version the engine's, such as {@code 20.10.24}
   */
  record Found(EngineAddress address, String source, String version) implements Discovery {}

  /**
   * None answers.
   *
   * @param attempts everything that was tried, in order; never empty
   * @param advice commands that would help here, each one line, the best first
   */
  record NotFound(List<Attempt> attempts, List<String> advice) implements Discovery {
    public NotFound {
      attempts = List.copyOf(attempts);
      advice = List.copyOf(advice);
    }
  }

  /** One address that was tried, and why it would not do. */
  record Attempt(String source, String address, String failure) {}
}
