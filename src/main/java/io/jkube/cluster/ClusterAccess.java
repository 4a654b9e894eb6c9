package io.jkube.cluster;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.kubeconfig.KubeconfigEntry;
import io.jkube.cluster.kubeconfig.KubeconfigException;
import io.jkube.cluster.kubeconfig.KubeconfigFile;
import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.cluster.pki.KeyFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

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

  /**
   * Makes a running cluster the current context of the person's kubeconfig.
   *
   * @throws KubeconfigException the kubeconfig stays as it is; the message says why
   * @throws IOException there are no keys, or the folder cannot be written
   */
  public static void makeCurrent(
      ClusterFolder folder,
      ServerRecord server,
      Map<String, String> environment,
      InstantSource clock)
      throws IOException, KubeconfigException, InterruptedException {
    var keys = new KeyFolder(folder.keys(), clock).existing();
    makeCurrent(folder, entry(folder.name(), server.port(), keys), environment);
  }

  static void makeCurrent(
      ClusterFolder folder, KubeconfigEntry entry, Map<String, String> environment)
      throws IOException, KubeconfigException, InterruptedException {
    var before = KubeconfigFile.of(environment).merge(entry);
    if (!before.equals(entry.name())) {
      PrivateFiles.write(folder.previousContext(), before.getBytes(StandardCharsets.UTF_8));
    }
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
