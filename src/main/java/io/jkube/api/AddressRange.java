package io.jkube.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A range of IPv4 addresses, as numbers: {@code 10.96.0.0/16}.
 *
 * @param first the address of the network itself
 */
public record AddressRange(long first, long last) {
  private static final int BITS = 32;
  private static final long ALL = 0xFFFF_FFFFL;

  public AddressRange {
    if (first < 0 || last < first || last > ALL) {
      throw new IllegalArgumentException("no range of addresses: " + first + " to " + last);
    }
  }

  /**
   * Empty for ranges of IPv6.
   *
   * @throws IllegalArgumentException it is no range of addresses
   */
  public static Optional<AddressRange> parse(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no range of addresses: " + cidr);
    }
    int bits = Integer.parseInt(cidr.substring(slash + 1));
    return number(cidr.substring(0, slash)).map(address -> around(address, bits));
  }

  private static AddressRange around(long address, int bits) {
    if (bits < 0 || bits > BITS) {
      throw new IllegalArgumentException("no range of addresses: /" + bits);
    }
    long mask = ALL << (BITS - bits) & ALL;
    return new AddressRange(address & mask, address & mask | ~mask & ALL);
  }

  /** Whether it is an IPv4 address in this range. */
  public boolean contains(String address) {
    return number(address).filter(this::contains).isPresent();
  }

  public boolean contains(long address) {
    return first <= address && address <= last;
  }

  public long size() {
    return last - first + 1;
  }

  public boolean overlaps(AddressRange other) {
    return first <= other.last && other.first <= last;
  }

  /** An IPv4 address as a number; empty for one of IPv6. */
  public static Optional<Long> number(String address) {
    return InetAddress.ofLiteral(address) instanceof Inet4Address four
        ? Optional.of(Integer.toUnsignedLong(ByteBuffer.wrap(four.getAddress()).getInt()))
        : Optional.empty();
  }

  /** {@code 10.96.0.1}. */
  public static String text(long address) {
    return "%d.%d.%d.%d"
        .formatted(address >> 24 & 0xFF, address >> 16 & 0xFF, address >> 8 & 0xFF, address & 0xFF);
  }
}
