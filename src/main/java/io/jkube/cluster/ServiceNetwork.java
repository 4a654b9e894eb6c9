package io.jkube.cluster;

import io.jkube.api.AddressRange;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.network.nft.NftProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Addresses of Services that the cluster itself gives out. As this machine reaches them too, a new
 * cluster takes the first of {@code 10.96.0.0/16} to {@code 10.111.0.0/16} that no other on it has,
 * and keeps it. Two have the same where it was asked for, or one was restored beside the other:
 * pods reach their own cluster's services then, this machine those of the one that was there first.
 *
 * @param range {@code 10.96.0.0/16}
 */
record ServiceNetwork(String range) {
  static final String CLUSTER_DOMAIN = "cluster.local";

  private static final Pattern CIDR = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}");
  private static final String FIRST_CHOICE = "10.96.0.0/16";
  private static final int FIRST_SECOND_BYTE = 96;
  private static final int LAST_SECOND_BYTE = 111;

  /** As kubeadm has it. */
  private static final int DNS_OFFSET = 10;

  /** Enough for what every cluster has, and a few more. */
  private static final int LEAST_ADDRESSES = 32;

  private static final int MOST_ADDRESSES = 1 << 20;

  /**
   * @throws IllegalArgumentException it is no range, or one of another size than services need
   */
  ServiceNetwork {
    boolean fits =
        CIDR.matcher(range).matches()
            && Integer.parseInt(range.substring(range.indexOf('/') + 1)) <= 32
            && AddressRange.parse(range)
                .filter(each -> range.startsWith(AddressRange.text(each.first()) + "/"))
                .filter(each -> each.size() >= LEAST_ADDRESSES && each.size() <= MOST_ADDRESSES)
                .isPresent();
    if (!fits) {
      throw new IllegalArgumentException(
          "service-cluster-ip-range must be an IPv4 network of /12 to /27 such as "
              + FIRST_CHOICE
              + ", not \""
              + range
              + "\"");
    }
  }

  /** The Service {@code kubernetes}: the first address, as upstream has it. */
  String apiServer() {
    return AddressRange.text(first() + 1);
  }

  /** The Service {@code kube-dns}. */
  String dns() {
    return AddressRange.text(first() + DNS_OFFSET);
  }

  private long first() {
    return AddressRange.parse(range).orElseThrow().first();
  }

  /**
   * That of a cluster: what it had before, or what is asked for, or one that is free.
   *
   * @param asked empty when nobody asks
   * @throws StartupFailure the cluster has another than is asked for
   */
  static ServiceNetwork of(ClusterFolder folder, String asked, boolean routed)
      throws IOException, InterruptedException, StartupFailure {
    var file = folder.serviceRange();
    if (Files.exists(file)) {
      return had(Files.readString(file).strip(), asked);
    }
    if (Files.isDirectory(folder.keys())) {
      return had(FIRST_CHOICE, asked);
    }
    var chosen =
        new ServiceNetwork(
            asked.isEmpty() ? free(routed ? taken(folder.name()) : List.of()) : asked);
    PrivateFiles.createFolder(file.getParent());
    PrivateFiles.write(file, chosen.range.getBytes(StandardCharsets.UTF_8));
    return chosen;
  }

  private static List<String> taken(String cluster) throws InterruptedException {
    return NftProxy.serviceRangesBeside(cluster).values().stream().flatMap(Set::stream).toList();
  }

  private static ServiceNetwork had(String range, String asked) throws StartupFailure {
    if (!asked.isEmpty() && !asked.equals(range)) {
      throw new StartupFailure(
          StartupFailure.Kind.OTHER,
          "the services of this cluster have addresses of "
              + range
              + "; --service-cluster-ip-range is for its first start",
          null);
    }
    return new ServiceNetwork(range);
  }

  /**
   * The first cluster that gives out addresses of this range, too.
   *
   * @param others ranges of the clusters beside this one, by their names
   */
  Optional<String> sharedWith(Map<String, Set<String>> others) {
    var own = AddressRange.parse(range).orElseThrow();
    return others.entrySet().stream()
        .filter(other -> other.getValue().stream().anyMatch(each -> overlap(own, each)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean overlap(AddressRange own, String other) {
    return AddressRange.parse(other).filter(own::overlaps).isPresent();
  }

  /**
   * Where none is free the first is as good as any: pods reach their own cluster's all the same.
   */
  static String free(List<String> taken) {
    var others = taken.stream().flatMap(each -> AddressRange.parse(each).stream()).toList();
    return IntStream.rangeClosed(FIRST_SECOND_BYTE, LAST_SECOND_BYTE)
        .mapToObj("10.%d.0.0/16"::formatted)
        .filter(each -> others.stream().noneMatch(AddressRange.parse(each).orElseThrow()::overlaps))
        .findFirst()
        .orElse(FIRST_CHOICE);
  }
}
