package io.jkube.network.nft;

import java.util.Objects;

/**
 * The part of this machine's network that rules are about.
 *
 * @param bridge the interface pods are behind
 * @param pods their subnet, {@code 10.244.0.0/16}
 * @param services {@code 10.96.0.0/16}: the first range of services: what nobody serves there is
 *     refused
 * @param bridgedPacketsAreSeen whether the kernel shows packets between ports of one bridge to the
 *     rules; where it does not, answers from pod to pod have to be led through this machine
 */
public record PodNet(String bridge, String pods, String services, boolean bridgedPacketsAreSeen) {
  public PodNet {
    Objects.requireNonNull(bridge, "bridge");
    Objects.requireNonNull(pods, "pods");
    Objects.requireNonNull(services, "services");
  }
}
