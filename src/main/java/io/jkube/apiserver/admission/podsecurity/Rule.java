package io.jkube.apiserver.admission.podsecurity;

import java.util.Optional;

/** One rule of a standard. */
@FunctionalInterface
interface Rule {
  Optional<Finding> check(PodView pod, LevelVersion as);

  static Optional<Finding> found(String reason, String detail) {
    return Optional.of(new Finding(reason, detail));
  }
}
