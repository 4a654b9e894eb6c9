package io.jkube.network.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Blocks of IPv4 addresses, as numbers. */
public final class AddressBlock {
  private static final int BITS = 32;
  private static final long ALL = 0xFFFF_FFFFL;

  private AddressBlock() {}

  /** An {@code ipBlock}: its addresses without the excepted ones; none where it is of IPv6. */
  static Ranges of(JsonNode block) {
    var ranges = range(block.path("cidr").asText());
    for (var except : block.path("except")) {
      ranges = ranges.without(range(except.asText()));
    }
    return ranges;
  }

  private static Ranges range(String cidr) {
    int slash = cidr.indexOf('/');
    if (!(InetAddress.ofLiteral(cidr.substring(0, slash)) instanceof Inet4Address address)) {
      return Ranges.NONE;
    }
    int bits = Integer.parseInt(cidr.substring(slash + 1));
    long mask = ALL << (BITS - bits) & ALL;
    long first = Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt()) & mask;
    return Ranges.of(first, first | ~mask & ALL);
  }

  /** {@code 10.0.0.1}. */
  public static String text(long address) {
    return "%d.%d.%d.%d"
        .formatted(address >> 24 & 0xFF, address >> 16 & 0xFF, address >> 8 & 0xFF, address & 0xFF);
  }
}
