package io.jkube.network.nft;

import io.jkube.network.TableConsumer;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Keeps a cluster's table in the kernel as the services are. For one thread. */
public final class NftProxy implements TableConsumer {
  private static final String PREFIX = "jkube-";

  private static final Pattern TABLE = Pattern.compile("table ip (\\S+) \\{");

  /** As {@link ServiceRules} has them, and as the first versions of jkube had them. */
  private static final Pattern RANGE =
      Pattern.compile("ip daddr (\\d+\\.\\d+\\.\\d+\\.\\d+/\\d+) (?:goto refusal|reject)");

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

  /**
   * The ranges of services whose rules stand on this machine, by the cluster that they are of; none
   * where only root may look.
   *
   * @param cluster whose own are left out
   */
  public static Map<String, Set<String>> serviceRangesBeside(String cluster)
      throws InterruptedException {
    if (obstacle().isPresent() || !isRoot()) {
      return Map.of();
    }
    try {
      var ranges = serviceRanges(Nft.of(NetworkAdmin.ROOT).orElseThrow().tables());
      ranges.remove(cluster);
      return ranges;
    } catch (IOException unreadable) {
      return Map.of();
    }
  }

  static Map<String, Set<String>> serviceRanges(String tables) {
    var ranges = new TreeMap<String, Set<String>>();
    var table = "";
    for (var line : tables.lines().map(String::strip).toList()) {
      var begin = TABLE.matcher(line);
      var range = RANGE.matcher(line);
      if (begin.matches()) {
        table = begin.group(1);
      } else if (table.startsWith(PREFIX) && range.lookingAt()) {
        ranges
            .computeIfAbsent(table.substring(PREFIX.length()), first -> new TreeSet<>())
            .add(range.group(1));
      }
    }
    return ranges;
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
    return PREFIX + cluster;
  }
}
