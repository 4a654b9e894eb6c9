package io.jkube.network.dns;

import java.util.Optional;

/** Addresses as texts, bytes and names. */
final class Addresses {
  private static final String REVERSE = ".in-addr.arpa";

  private Addresses() {}

  /** The bytes of a literal, IPv4 or IPv6; nothing is looked up. */
  static byte[] bytes(String literal) {
    return java.net.InetAddress.ofLiteral(literal).getAddress();
  }

  /** {@code 10-244-0-5}: the name of an endpoint that has no hostname. */
  static String dashed(String literal) {
    return literal.replace('.', '-').replace(':', '-');
  }

  /** The address in {@code 10-244-0-5}, if that is one. */
  static Optional<String> undashed(String label) {
    var dotted = label.replace('-', '.');
    return isIpv4(dotted) ? Optional.of(dotted) : Optional.empty();
  }

  /** The address that a name below {@code in-addr.arpa} asks about. */
  static Optional<String> reversed(String name) {
    if (!name.endsWith(REVERSE)) {
      return Optional.empty();
    }
    var parts = name.substring(0, name.length() - REVERSE.length()).split("\\.");
    if (parts.length != 4) {
      return Optional.empty();
    }
    var dotted = String.join(".", parts[3], parts[2], parts[1], parts[0]);
    return isIpv4(dotted) ? Optional.of(dotted) : Optional.empty();
  }

  private static boolean isIpv4(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (var part : parts) {
      boolean number =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(Character::isDigit);
      if (!number || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
