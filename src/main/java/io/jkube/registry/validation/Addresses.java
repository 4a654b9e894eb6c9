package io.jkube.registry.validation;

import io.jkube.registry.Violations;
import java.util.regex.Pattern;

/** Addresses of the Internet Protocol, as text. */
public final class Addresses {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6_LETTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private Addresses() {}

  public static void validate(String address, String path, Violations violations) {
    if (!isAddress(address)) {
      violations.invalid(
          path, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
  }

  public static boolean isAddress(String text) {
    return V4.matcher(text).matches() || V6_LETTERS.matcher(text).matches() && isV6(text);
  }

  /** Eight groups, or fewer around one double colon; never a name, so nothing is looked up. */
  private static boolean isV6(String text) {
    try {
      return java.net.InetAddress.ofLiteral(text) instanceof java.net.Inet6Address;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
