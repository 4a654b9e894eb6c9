package io.jkube.kubelet.runtime.docker;

import java.time.Duration;
import java.util.Objects;

/**
 * How a cluster uses its engine.
 *
 * @param requestTimeout after which the engine counts as hanging; starts of containers have {@code
 *     startTimeout}; pulls, logs, events and attached processes last as long as they last
 * @param folder of the cluster, noted in the engine: two may have one name; empty for none
 * @param podSubnet the first choice for the pods' network; the next free one when it is taken
 */
public record ClusterSettings(
    Duration requestTimeout, Duration startTimeout, String podSubnet, String folder) {
  public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  public static final String POD_SUBNET = "10.244.0.0/16";
  public static final ClusterSettings DEFAULTS =
      new ClusterSettings(REQUEST_TIMEOUT, START_TIMEOUT, POD_SUBNET, "");

  public ClusterSettings {
    Objects.requireNonNull(requestTimeout, "requestTimeout");
    Objects.requireNonNull(startTimeout, "startTimeout");
    Objects.requireNonNull(folder, "folder");
    Subnet.parse(podSubnet);
  }

  /** These, for the cluster of that folder. */
  public ClusterSettings withFolder(String path) {
    return new ClusterSettings(requestTimeout, startTimeout, podSubnet, path);
  }
}
