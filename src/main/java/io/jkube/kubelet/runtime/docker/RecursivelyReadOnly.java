package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.BindOptions;

/**
 * A bind below which nothing can be written, whatever is mounted there; an engine that cannot do it
 * refuses. docker-java has no words for it.
 */
final class RecursivelyReadOnly extends BindOptions {
  private static final long serialVersionUID = 1;

  @JsonProperty("ReadOnlyForceRecursive")
  boolean forced() {
    return true;
  }
}
