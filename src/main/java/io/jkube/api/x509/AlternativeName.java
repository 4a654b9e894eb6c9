package io.jkube.api.x509;

import java.net.InetAddress;

/**
 * A {@code GeneralName} of RFC 5280, 4.2.1.6.
 *
 * @param kind the number it has there: {@link #EMAIL}, {@link #DNS}, ...
 * @param content as it is encoded
 */
public record AlternativeName(int kind, byte[] content) {
  public static final int EMAIL = 1;
  public static final int DNS = 2;
  public static final int URI = 6;
  public static final int ADDRESS = 7;

  /** A DNS name or a literal IP address. */
  public static AlternativeName of(String name) {
    return isAddress(name)
        ? new AlternativeName(ADDRESS, InetAddress.ofLiteral(name).getAddress())
        : new AlternativeName(DNS, Der.ascii(name));
  }

  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  byte[] encoded() {
    return Der.implicit(kind, content);
  }
}
