package io.jkube.registry.validation;

import io.jkube.registry.Violations;
import java.math.BigInteger;
import java.net.InetAddress;

/** Ranges of addresses: {@code 10.0.0.0/8}. */
public final class AddressRanges {
  private AddressRanges() {}

  public static void validate(String range, String path, Violations violations) {
    if (!isRange(range)) {
      violations.invalid(
          path, range, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }
  }

  public static boolean isRange(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !Addresses.isAddress(text.substring(0, slash))) {
      return false;
    }
    var bits = text.substring(slash + 1);
    int most = bytes(text).length * Byte.SIZE;
    return bits.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(bits) <= most;
  }

  /** Whether a range is a part of another, and not all of it. */
  public static boolean isStrictlyInside(String inner, String outer) {
    var one = bytes(inner);
    var other = bytes(outer);
    if (one.length != other.length || bits(inner) <= bits(outer)) {
      return false;
    }
    int rest = other.length * Byte.SIZE - bits(outer);
    return new BigInteger(1, one)
        .shiftRight(rest)
        .equals(new BigInteger(1, other).shiftRight(rest));
  }

  private static int bits(String range) {
    return Integer.parseInt(range.substring(range.indexOf('/') + 1));
  }

  private static byte[] bytes(String range) {
    return InetAddress.ofLiteral(range.substring(0, range.indexOf('/'))).getAddress();
  }
}
