package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.HostConfig;
import java.util.List;

/** Options of a container that sees all of {@code /proc}; docker-java has no words for it. */
final class UnmaskedHost extends HostConfig {
  private static final long serialVersionUID = 1;

  @JsonProperty("MaskedPaths")
  List<String> maskedPaths() {
    return List.of();
  }

  @JsonProperty("ReadonlyPaths")
  List<String> readonlyPaths() {
    return List.of();
  }
}
