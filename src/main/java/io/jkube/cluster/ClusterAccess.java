package io.jkube.cluster;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.kubeconfig.KubeconfigEntry;
import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.cluster.pki.KeyFolder;
import java.io.IOException;
import java.time.InstantSource;

/** How a person reaches a cluster. */
public final class ClusterAccess {
  private ClusterAccess() {}

  /**
   * A kubeconfig with this cluster alone.
   *
   * @throws IOException there are no keys, or they cannot be read
   */
  public static String kubeconfig(ClusterFolder folder, InstantSource clock) throws IOException {
    int port =
        ServerRecord.read(folder).map(ServerRecord::port).orElse(StartSettings.DEFAULT.port());
    var keys = new KeyFolder(folder.keys(), clock).existing();
    return entry(folder.name(), port, keys).alone();
  }

  static KubeconfigEntry entry(String name, int port, ClusterKeys keys) {
    return new KubeconfigEntry(
        name,
        "https://127.0.0.1:" + port,
        keys.authorityPem(),
        keys.administratorCertificatePem(),
        keys.administratorKeyPem());
  }
}
