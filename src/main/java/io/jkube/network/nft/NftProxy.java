package io.jkube.network.nft;

import io.jkube.network.TableConsumer;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps a cluster's table in the kernel as the services are. For one thread. */
public final class NftProxy implements TableConsumer {
  private static final Path INTERFACES = Path.of("/sys/class/net");

  private final KernelTable table;
  private final BridgePorts ports;
  private final StaleFlows flows = new StaleFlows();

  private NftProxy(KernelTable table, BridgePorts ports) {
    this.table = table;
    this.ports = ports;
  }

  /** Why the kernel cannot be told; empty where it can. */
  public static Optional<String> obstacle() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("this is not Linux");
    }
    if (!KernelTable.isRoot()) {
      return Optional.of("not root");
    }
    return Nft.find().isEmpty() ? Optional.of("nft is not installed") : Optional.empty();
  }

  /**
   * As {@link #obstacle()}, for one network.
   *
   * @param bridge the interface pods are behind
   */
  public static Optional<String> obstacle(String bridge) {
    return obstacle()
        .or(
            () ->
                Files.exists(INTERFACES.resolve(bridge))
                    ? Optional.empty()
                    : Optional.of("the engine's bridge " + bridge + " is not on this machine"));
  }

  /** For who met no {@link #obstacle}. */
  public static NftProxy of(String cluster, String bridge, String pods, String services) {
    var net = new PodNet(bridge, pods, services, BridgedFrames.areShown(bridge));
    var table = new KernelTable(tableOf(cluster), ServiceRules.frame(net));
    return new NftProxy(table, BridgePorts.of(bridge));
  }

  /** Removes what a cluster has in the kernel; nothing where it cannot have had anything. */
  public static void remove(String cluster) throws IOException, InterruptedException {
    KernelTable.remove(tableOf(cluster));
    NftPolicies.remove(cluster);
  }

  @Override
  public boolean accept(ServiceTable services) throws IOException, InterruptedException {
    ports.turnBack();
    table.become(ServiceRules.of(services));
    flows.accept(services);
    return true;
  }

  private static String tableOf(String cluster) {
    return "jkube-" + cluster;
  }
}
