package io.jkube.kubelet.node;

import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
import java.util.Map;

/**
 * What a node is, from start to end.
 *
 * @param labels further ones
 * @param diskBytes of the disk that holds the pods' volumes
 */
public record NodeFacts(
    String name,
    String address,
    String version,
    int port,
    Map<String, String> labels,
    int maxPods,
    long diskBytes,
    EngineInfo machine) {
  /** Kept from pods by default: the eviction threshold. */
  private static final long RESERVED_MEMORY_BYTES = 100L << 20;

  /** What pods may ask for in all. */
  public static long memoryForPods(EngineInfo machine) {
    return machine.memoryBytes() - RESERVED_MEMORY_BYTES;
  }
}
