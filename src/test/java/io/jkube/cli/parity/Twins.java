package io.jkube.cli.parity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.cluster.Cluster;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.StartupListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * One cluster in this process, on the engine in memory, with kubectl and jkube beside each other.
 */
final class Twins implements AutoCloseable {
  static final String CLUSTER = "parity";

  private static final StartSettings SETTINGS =
      new StartSettings(
          CLUSTER, 0, 1, 0, StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));

  private final Path home;
  private final Cluster cluster;
  private final ApiClient api;
  private final Kubectl kubectl;
  private final Jkube jkube;

  private Twins(Path home, Cluster cluster, Path folder) {
    this.home = home;
    this.cluster = cluster;
    this.api = new ApiClient(cluster.administrator());
    this.kubectl = new Kubectl(home, folder);
    this.jkube = new Jkube(cluster, folder);
  }

  /**
   * @param home for state, keys and caches
   * @param folder that both programs work in
   */
  static Twins start(Path home, Path folder) throws Exception {
    var environment =
        Map.of(
            "HOME", home.toString(),
            "JKUBE_HOME", home.resolve("jkube").toString(),
            "KUBECONFIG", home.resolve("kubeconfig").toString());
    return new Twins(
        home,
        Cluster.start(SETTINGS, environment, InstantSource.system(), StartupListener.SILENT),
        folder);
  }

  Kubectl kubectl() {
    return kubectl;
  }

  Jkube jkube() {
    return jkube;
  }

  ApiClient api() {
    return api;
  }

  /** Makes a namespace and a kubeconfig in which it is the current one. */
  Path namespace(String name) throws IOException {
    ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    try {
      api.create(Resources.NAMESPACES, namespace);
    } catch (ApiException there) {
      if (there.reason() != io.jkube.api.StatusReason.ALREADY_EXISTS) {
        throw there;
      }
    }
    return kubeconfig(name);
  }

  /** A kubeconfig in which this namespace is the current one. */
  Path kubeconfig(String namespace) throws IOException {
    var config = Files.readString(home.resolve("kubeconfig"));
    return Files.writeString(
        home.resolve("kubeconfig-" + namespace),
        config.replaceFirst("(?m)^( *)cluster: (.*)$", "$1cluster: $2\n$1namespace: " + namespace));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
