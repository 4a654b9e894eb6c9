package io.jkube.store.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where an etcd is and how to reach it.
 *
 * @param servers its members, such as {@code https://a:2379}: all with TLS or none
 * @param authority certificates (PEM) that sign the members'
 * @param certificate what to show them (PEM), with its {@code key}
 * @param prefix what the keys start with instead of {@code /registry}
 */
public record EtcdSettings(
    List<URI> servers,
    Optional<Path> authority,
    Optional<Path> certificate,
    Optional<Path> key,
    String prefix) {
  public static final String DEFAULT_PREFIX = "/registry";

  public EtcdSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no etcd server is named");
    }
    for (var server : servers) {
      requireServer(server);
    }
    if (servers.stream().map(URI::getScheme).distinct().count() > 1) {
      throw new IllegalArgumentException("etcd servers must be all https or all http: " + servers);
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "a certificate for etcd needs its key, and a key its certificate");
    }
    if (!prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "the prefix of etcd's keys must start with a slash and end without, such as "
              + DEFAULT_PREFIX
              + ", not \""
              + prefix
              + "\"");
    }
  }

  private static void requireServer(URI server) {
    boolean known = "https".equals(server.getScheme()) || "http".equals(server.getScheme());
    if (!known || server.getHost() == null || server.getPort() < 0) {
      throw new IllegalArgumentException(
          "an etcd server must look like https://host:2379, not \"" + server + "\"");
    }
  }

  boolean tls() {
    return servers.getFirst().getScheme().equals("https");
  }
}
