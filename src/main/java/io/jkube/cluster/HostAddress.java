package io.jkube.cluster;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.regex.Pattern;

/** The address that the machine is known by among its neighbours: {@code status.hostIP} of pods. */
final class HostAddress {
  /** Interfaces that container engines and VPNs make: their addresses come and go. */
  private static final Pattern MADE_FOR_CONTAINERS =
      Pattern.compile("(docker|br-|veth|virbr|cni|flannel|tun|tap|utun).*");

  private static final String LOOPBACK = "127.0.0.1";

  private HostAddress() {}

  /** An IPv4 address; the loopback one on a machine without network. */
  static String ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(HostAddress::isReal)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .filter(address -> !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse(LOOPBACK);
    } catch (SocketException unknown) {
      return LOOPBACK;
    }
  }

  private static boolean isReal(NetworkInterface network) {
    try {
      return network.isUp()
          && !network.isLoopback()
          && !MADE_FOR_CONTAINERS.matcher(network.getName()).matches();
    } catch (SocketException gone) {
      return false;
    }
  }
}
