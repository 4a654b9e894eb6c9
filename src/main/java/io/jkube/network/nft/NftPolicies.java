package io.jkube.network.nft;

import io.jkube.network.PolicyConsumer;
import io.jkube.network.policy.PolicyTable;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps the network policies of a cluster in the kernel, in a table beside that of its services;
 * without policies there is none. For one thread.
 */
public final class NftPolicies implements PolicyConsumer {
  private final NetworkAdmin admin;
  private final String name;
  private final String bridge;
  private final String frame;

  /** Null when the kernel has no such table, or one of a server before. */
  private KernelTable table;

  private boolean swept;

  /**
   * For who met no {@link #obstacle}.
   *
   * @param bridge the interface pods are behind
   * @param names the address where the cluster's names are asked
   */
  public NftPolicies(NetworkAdmin admin, String cluster, String bridge, String names) {
    this.admin = admin;
    this.name = tableOf(cluster);
    this.bridge = bridge;
    this.frame = PolicyRules.frame(bridge, names);
  }

  /** Why policies cannot be held here; empty where they can. */
  public static Optional<String> obstacle(NetworkAdmin admin, String bridge) {
    return NftProxy.obstacle(bridge)
        .or(
            () ->
                BridgedFrames.areShown(admin, bridge)
                    ? Optional.empty()
                    : Optional.of(
                        "the kernel shows no traffic between pods to its rules (br_netfilter)"));
  }

  /** Removes what a cluster has in the kernel. */
  static void remove(NetworkAdmin admin, String cluster) throws IOException, InterruptedException {
    KernelTable.remove(admin, tableOf(cluster));
  }

  @Override
  public void accept(PolicyTable policies) throws IOException, InterruptedException {
    if (policies.policies().isEmpty()) {
      sweep();
      return;
    }
    // A bridge that the engine made again has forgotten it.
    var obstacle = obstacle(admin, bridge);
    if (obstacle.isPresent()) {
      throw new IOException(obstacle.get());
    }
    if (table == null) {
      table = new KernelTable(admin, name, frame);
    }
    swept = false;
    table.become(PolicyRules.of(policies));
  }

  private void sweep() throws IOException, InterruptedException {
    if (!swept) {
      table = null;
      KernelTable.remove(admin, name);
      swept = true;
    }
  }

  /** No cluster's name has a dot. */
  private static String tableOf(String cluster) {
    return "jkube-" + cluster + ".policies";
  }
}
