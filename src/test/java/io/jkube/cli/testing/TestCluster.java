package io.jkube.cli.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.cli.testing.CommandLines.CommandLine;
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
import org.junit.jupiter.api.Assertions;

/** One cluster in this process, on the engine in memory, for command lines to work on. */
public final class TestCluster implements AutoCloseable {
  public static final String NAME = "parity";

  /** What both command lines and manifests are relative to. */
  public static final Path FOLDER = Path.of("src/test/resources/parity").toAbsolutePath();

  private static final StartSettings SETTINGS =
      new StartSettings(NAME, 0, 1, 0, StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));

  private final Path home;
  private final Cluster cluster;
  private final ApiClient api;
  private final Jkube jkube;

  private TestCluster(Path home, Cluster cluster) {
    this.home = home;
    this.cluster = cluster;
    this.api = new ApiClient(cluster.administrator());
    this.jkube = new Jkube(cluster, FOLDER);
  }

  /**
   * @param home for state and keys
   */
  public static TestCluster start(Path home) throws Exception {
    var environment =
        Map.of(
            "HOME", home.toString(),
            "JKUBE_HOME", home.resolve("jkube").toString(),
            "KUBECONFIG", home.resolve("kubeconfig").toString());
    return new TestCluster(
        home, Cluster.start(SETTINGS, environment, InstantSource.system(), StartupListener.SILENT));
  }

  /** Runs a command as the server runs it, but in this thread. */
  public Said jkube(CommandLine line, Path kubeconfig) throws IOException {
    return jkube.run(line, kubeconfig);
  }

  /** The same, for a command that ends when it is interrupted. */
  public Background jkubeInBackground(CommandLine line, Path kubeconfig) {
    return Background.run(jkube, line, kubeconfig);
  }

  public ApiClient api() {
    return api;
  }

  /** Makes a namespace and a kubeconfig in which it is the current one. */
  public Path namespace(String name) throws IOException {
    ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    try {
      api.create(Resources.NAMESPACES, namespace);
    } catch (ApiException there) {
      if (there.reason() != StatusReason.ALREADY_EXISTS) {
        throw there;
      }
    }
    var config = kubeconfig(name);
    // What the controllers put into every namespace, and pods need.
    var made = CommandLine.of("wait --for=create sa/default cm/kube-root-ca.crt --timeout=30s");
    Assertions.assertEquals(0, jkube(made, config).exitCode());
    return config;
  }

  /** The words that wait until the Service {@code outside} leads to a pod of objects.yaml. */
  public static String endpointOf(String pod) {
    var ready = "{.endpoints[?(@.targetRef.name==\"%s\")].conditions.ready}".formatted(pod);
    return "wait --for=jsonpath='%s'=true endpointslice -l kubernetes.io/service-name=outside"
            .formatted(ready)
        + " --timeout=60s";
  }

  /** A kubeconfig in which this namespace is the current one. */
  public Path kubeconfig(String namespace) throws IOException {
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
