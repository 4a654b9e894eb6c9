package io.jkube.kubelet.stats;

import io.jkube.kubelet.runtime.ContainerRuntime.Usage;
import java.time.Instant;
import java.util.Map;

/**
 * All samples of one time.
 *
 * @param byId of containers
 * @param machine null where the machine is another than this one
 */
record Sampling(Instant time, Map<String, Sample> byId, Usage machine) {
  static final Sampling NONE = new Sampling(Instant.MIN, Map.of(), null);
}
