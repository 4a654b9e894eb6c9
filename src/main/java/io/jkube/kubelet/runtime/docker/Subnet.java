package io.jkube.kubelet.runtime.docker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An IPv4 network in the CIDR form {@code 10.244.0.0/16}.
 *
 * @param first the first address as a number
 * @param bits how long its prefix is
 */
record Subnet(int first, int bits) {
  Subnet {
    if (bits < 8 || bits > 30 || (first & ~mask(bits)) != 0) {
      throw new IllegalArgumentException(
          "a pod network has 8 to 30 bits and starts at its first address");
    }
  }

  static Subnet parse(String cidr) {
    var parts = cidr.split("[./]");
    if (parts.length != 5) {
      throw new IllegalArgumentException(cidr + " is no IPv4 network such as 10.244.0.0/16");
    }
    int address = 0;
    for (int i = 0; i < 4; i++) {
      address = address << 8 | Integer.parseInt(parts[i]);
    }
    int bits = Integer.parseInt(parts[4]);
    return new Subnet(address & mask(bits), bits);
  }

  boolean overlaps(Subnet other) {
    int wider = mask(Math.min(bits, other.bits));
    return (first & wider) == (other.first & wider);
  }

  /** This and its neighbours in 10.200 to 10.255, in the order of trying, but for those taken. */
  List<Subnet> free(Collection<Subnet> taken) {
    var candidates = new ArrayList<Subnet>();
    candidates.add(this);
    for (int second = 245; second <= 255; second++) {
      candidates.add(new Subnet(10 << 24 | second << 16, 16));
    }
    for (int second = 200; second < 245; second++) {
      candidates.add(new Subnet(10 << 24 | second << 16, 16));
    }
    candidates.removeIf(candidate -> taken.stream().anyMatch(candidate::overlaps));
    return candidates;
  }

  @Override
  public String toString() {
    return "%d.%d.%d.%d/%d"
        .formatted(first >>> 24, first >>> 16 & 0xff, first >>> 8 & 0xff, first & 0xff, bits);
  }

  private static int mask(int bits) {
    return bits == 0 ? 0 : -1 << (32 - bits);
  }
}
