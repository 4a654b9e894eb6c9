package io.jkube.network.dns;

/** One record of the cluster; names are without the dot at their end. */
sealed interface DnsRecord {
  /** Whose record it is. */
  String name();

  /**
   * @param bytes 4 of IPv4, 16 of IPv6
   */
  record Address(String name, byte[] bytes) implements DnsRecord {}

  record Alias(String name, String target) implements DnsRecord {}

  record Pointer(String name, String target) implements DnsRecord {}

  record Text(String name, String text) implements DnsRecord {}

  record Server(String name, String target, int port, int weight) implements DnsRecord {}

  /** The authority for the zone: says how long a negative answer holds. */
  record Authority(String name) implements DnsRecord {}

  /** The name server of the zone. */
  record NameServer(String name, String target) implements DnsRecord {}
}
