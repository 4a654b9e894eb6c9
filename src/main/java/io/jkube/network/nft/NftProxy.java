package io.jkube.network.nft;

import io.jkube.network.TableConsumer;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps a cluster's table in the kernel as the services are. For one thread. */
public final class NftProxy implements TableConsumer {
  private static final Path BRIDGED = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
  private static final Path INTERFACES = Path.of("/sys/class/net");

  private final Nft nft;
  private final String table;
  private final PodNet net;
  private final StaleFlows flows = new StaleFlows();

  /** What the kernel has; null when that is not known. */
  private RuleSet applied;

  private NftProxy(Nft nft, String cluster, PodNet net) {
    this.nft = nft;
    this.table = tableOf(cluster);
    this.net = net;
  }

  /** Why the kernel cannot be told; empty where it can. */
  public static Optional<String> obstacle() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("this is not Linux");
    }
    if (!isRoot()) {
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
    var net = new PodNet(bridge, pods, services, bridgedPacketsAreSeen());
    return new NftProxy(Nft.find().orElseThrow(), cluster, net);
  }

  /** Removes what a cluster has in the kernel; nothing where it cannot have had anything. */
  public static void remove(String cluster) throws IOException, InterruptedException {
    var nft = Nft.find();
    if (nft.isPresent() && isRoot()) {
      try {
        nft.get().apply(Script.removal(tableOf(cluster)));
      } catch (IOException refused) {
        if (!String.valueOf(refused.getMessage()).contains("not permitted")) {
          throw refused;
        }
        // Root without rights over the network: it cannot have made rules either.
      }
    }
  }

  @Override
  public boolean accept(ServiceTable services) throws IOException, InterruptedException {
    var next = RuleSet.of(services);
    var script =
        applied == null ? Script.anew(table, net, next) : Script.change(table, applied, next);
    if (!script.isEmpty()) {
      applied = null;
      nft.apply(script);
    }
    applied = next;
    flows.accept(services);
    return true;
  }

  private static String tableOf(String cluster) {
    return "jkube-" + cluster;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean bridgedPacketsAreSeen() {
    try {
      return Files.readString(BRIDGED).startsWith("1");
    } catch (IOException notLoaded) {
      return false;
    }
  }
}
