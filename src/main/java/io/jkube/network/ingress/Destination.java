package io.jkube.network.ingress;

import io.jkube.network.proxy.Backend;
import java.util.List;
import java.util.Objects;

/**
 * Where a rule leads.
 *
 * @param speech how those who serve there are spoken to
 * @param name in words: {@code service "team/web" port 80}
 * @param backends those to choose from
 * @param trouble why there are none, in words; empty where there are some
 */
record Destination(Speech speech, String name, List<Backend> backends, String trouble) {
  Destination {
    Objects.requireNonNull(speech, "speech");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(trouble, "trouble");
    backends = List.copyOf(backends);
    if (backends.isEmpty() == trouble.isEmpty()) {
      throw new IllegalArgumentException(name + " has either backends or a reason for none");
    }
  }

  static Destination none(String name, String trouble) {
    return new Destination(Speech.HTTP, name, List.of(), trouble);
  }
}
