package io.jkube.kubelet.runtime.docker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An IPv4 network in the CIDR form {@code 10.244.0.0/16}.
 *
 * @param first the first address as a number
 * @param bits how long its prefix is
 */
record Subnet(int first, int bits) {
  private static final Pattern CIDR =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  Subnet {
    if (bits < 0 || bits > 32) {
      throw new IllegalArgumentException("an IPv4 network's prefix has 0 to 32 bits, not " + bits);
    }
    first &= mask(bits);
  }

  static Subnet parse(String cidr) {
    var form = CIDR.matcher(cidr);
    if (!form.matches()) {
      throw new IllegalArgumentException(cidr + " is no IPv4 network such as 10.244.0.0/16");
    }
    int address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(form.group(i));
      if (part > 255) {
        throw new IllegalArgumentException(cidr + ": " + part + " is no part of an IPv4 address");
      }
      address = address << 8 | part;
    }
    return new Subnet(address, Integer.parseInt(form.group(5)));
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
