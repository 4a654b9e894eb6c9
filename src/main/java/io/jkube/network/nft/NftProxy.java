package io.jkube.network.nft;

import io.jkube.network.TableConsumer;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keeps a cluster's table in the kernel as the services are. For one thread. */
public final class NftProxy implements TableConsumer {
  /** As {@link ServiceRules} has them. */
  private static final Pattern RANGE =
      Pattern.compile("ip daddr (\\d+\\.\\d+\\.\\d+\\.\\d+/\\d+) goto refusal");

  private static final Path INTERFACES = Path.of("/sys/class/net");

  private final KernelTable table;
  private final BridgePorts ports;
  private final StaleFlows flows;

  private NftProxy(KernelTable table, BridgePorts ports, StaleFlows flows) {
    this.table = table;
    this.ports = ports;
    this.flows = flows;
  }

  /** Whether this process is its own {@link NetworkAdmin}. */
  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Why the kernel cannot be told, whoever runs this; empty where it can. */
  public static Optional<String> obstacle() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("this is not Linux");
    }
    return Programs.find("nft").isEmpty() ? Optional.of("nft is not installed") : Optional.empty();
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
  public static NftProxy of(
      NetworkAdmin admin, String cluster, String bridge, String pods, String services) {
    var net = new PodNet(bridge, pods, services, BridgedFrames.areShown(admin, bridge));
    var table = new KernelTable(admin, tableOf(cluster), ServiceRules.frame(net));
    return new NftProxy(table, BridgePorts.of(admin, bridge), new StaleFlows(admin));
  }

  /** The ranges of services whose rules stand on this machine; none where only root may look. */
  public static List<String> serviceRanges() throws InterruptedException {
    if (obstacle().isPresent() || !isRoot()) {
      return List.of();
    }
    try {
      return serviceRanges(Nft.of(NetworkAdmin.ROOT).orElseThrow().tables());
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  static List<String> serviceRanges(String tables) {
    return RANGE.matcher(tables).results().map(found -> found.group(1)).distinct().toList();
  }

  /** Removes what a cluster has in the kernel; nothing where it cannot have had anything. */
  public static void remove(NetworkAdmin admin, String cluster)
      throws IOException, InterruptedException {
    KernelTable.remove(admin, tableOf(cluster));
    NftPolicies.remove(admin, cluster);
  }

  @Override
  public boolean accept(ServiceTable services) throws IOException, InterruptedException {
    table.become(ServiceRules.of(services));
    ports.turnBack();
    flows.accept(services);
    return true;
  }

  private static String tableOf(String cluster) {
    return "jkube-" + cluster;
  }
}
