package io.jkube.registry.cel.function;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.jkube.registry.NameRule;
import io.jkube.registry.validation.Addresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;

/** {@code ip, isIP, cidr, isCIDR} and what can be asked of their values. */
final class AddressFunctions {
  private AddressFunctions() {}

  static void addTo(FunctionTable table) {
    var ip = table.type("net.IP", InetAddress.class);
    var range = table.type("net.CIDR", AddressRange.class);
    addresses(table, ip);
    ranges(table, ip, range);
  }

  private static void addresses(FunctionTable table, CelType ip) {
    var text = SimpleType.STRING;
    var bool = SimpleType.BOOL;
    table
        .global("ip", ip, each -> parse((String) each[0]), text)
        .global("isIP", bool, each -> Addresses.isAddress((String) each[0]), text)
        .global(
            "ip.isCanonical",
            bool,
            each -> {
              parse((String) each[0]);
              return NameRule.ADDRESS.violations((String) each[0]).isEmpty();
            },
            text)
        .global("string", text, each -> text((InetAddress) each[0]), ip)
        .member("family", SimpleType.INT, each -> each[0] instanceof Inet4Address ? 4L : 6L, ip)
        .member("isUnspecified", bool, each -> address(each).isAnyLocalAddress(), ip)
        .member("isLoopback", bool, each -> address(each).isLoopbackAddress(), ip)
        .member("isLinkLocalMulticast", bool, each -> address(each).isMCLinkLocal(), ip)
        .member("isLinkLocalUnicast", bool, each -> address(each).isLinkLocalAddress(), ip)
        .member("isGlobalUnicast", bool, each -> isGlobal(address(each)), ip);
  }

  private static void ranges(FunctionTable table, CelType ip, CelType range) {
    var text = SimpleType.STRING;
    var bool = SimpleType.BOOL;
    table
        .global("cidr", range, each -> AddressRange.parse((String) each[0]), text)
        .global("isCIDR", bool, each -> isRange((String) each[0]), text)
        .global("string", text, each -> each[0].toString(), range)
        .member("containsIP", bool, each -> range(each).contains((InetAddress) each[1]), range, ip)
        .member(
            "containsIP", bool, each -> range(each).contains(parse((String) each[1])), range, text)
        .member(
            "containsCIDR",
            bool,
            each -> range(each).contains((AddressRange) each[1]),
            range,
            range)
        .member(
            "containsCIDR",
            bool,
            each -> range(each).contains(AddressRange.parse((String) each[1])),
            range,
            text)
        .member("ip", ip, each -> range(each).address(), range)
        .member("prefixLength", SimpleType.INT, each -> (long) range(each).bits(), range)
        .member("masked", range, each -> range(each).masked(), range);
  }

  private static InetAddress address(Object[] arguments) {
    return (InetAddress) arguments[0];
  }

  private static AddressRange range(Object[] arguments) {
    return (AddressRange) arguments[0];
  }

  private static boolean isGlobal(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !address.isLinkLocalAddress();
  }

  private static boolean isRange(String text) {
    try {
      AddressRange.parse(text);
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static InetAddress parse(String text) {
    if (!Addresses.isAddress(text)) {
      throw new IllegalArgumentException(
          "IP Address \"" + text + "\" parse error during conversion from string");
    }
    return InetAddress.ofLiteral(text);
  }

  /** As Go writes it: of several zero groups the longest run is left out. */
  static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    var groups =
        new ArrayList<>(java.util.List.of(address.getHostAddress().split("%")[0].split(":")));
    int best = -1;
    int longest = 1;
    for (int start = 0; start < groups.size(); start++) {
      int end = start;
      while (end < groups.size() && groups.get(end).equals("0")) {
        end++;
      }
      if (end - start > longest) {
        best = start;
        longest = end - start;
      }
    }
    return best < 0
        ? String.join(":", groups)
        : String.join(":", groups.subList(0, best))
            + "::"
            + String.join(":", groups.subList(best + longest, groups.size()));
  }
}
