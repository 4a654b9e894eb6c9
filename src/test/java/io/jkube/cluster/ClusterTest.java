package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.x509.Pem;
import io.jkube.client.ApiCall;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.HttpsTransport;
import io.jkube.client.ListOptions;
import io.jkube.client.TlsIdentity;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.pki.KeyFolder;
import io.jkube.testing.Await;
import io.jkube.testing.TestAuthority;
import io.jkube.testing.TestIssuer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole cluster in this process, on the engine in memory. */
final class ClusterTest {
  private static final StartSettings SETTINGS =
      new StartSettings("test", 0, 1, 0, StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));

  @TempDir Path folder;

  @Test
  void comesUpWithWhatEveryClusterHas() throws Exception {
    try (var cluster = start(SETTINGS)) {
      var api = new ApiClient(cluster.administrator());
      assertEquals(
          List.of("default", "kube-node-lease", "kube-public", "kube-system"),
          api.list(Resources.NAMESPACES, "", ListOptions.ALL).items().stream()
              .map(namespace -> namespace.at("/metadata/name").asText())
              .sorted()
              .toList());
      var key = new ObjectKey("default", "kubernetes");
      assertEquals("10.96.0.1", api.get(Resources.SERVICES, key).at("/spec/clusterIP").asText());
      assertEquals(
          cluster.record().port(),
          api.get(Resources.ENDPOINTS, key).at("/subsets/0/ports/0/port").asInt());
      var dns = new ObjectKey("kube-system", "kube-dns");
      assertEquals("10.96.0.10", api.get(Resources.SERVICES, dns).at("/spec/clusterIP").asText());
      var ranges = new GroupVersionResource("networking.k8s.io", "v1", "servicecidrs");
      var range = api.get(ranges, ObjectKey.cluster("kubernetes"));
      assertEquals("10.96.0.0/16", range.at("/spec/cidrs/0").asText());
      assertEquals("True", range.at("/status/conditions/0/status").asText());
    }
  }

  @Test
  void aFolderOfStaticPodsShowsInTheApiAndOnTheFirstNodeOnly() throws Exception {
    var manifests = Files.createDirectory(folder.resolve("manifests"));
    Files.writeString(
        manifests.resolve("web.yaml"),
        """
        kind: Pod
        apiVersion: v1
        metadata: {name: web}
        spec: {containers: [{name: a, image: b, imagePullPolicy: Never}]}
        """);
    var settings = SETTINGS.with("nodes", "2").with("pod-manifest-path", manifests.toString());
    try (var cluster = start(settings)) {
      var api = new ApiClient(cluster.administrator());
      var key = new ObjectKey("default", "web-test");
      Await.until(() -> api.find(Resources.PODS, key).isPresent());
      var uid = api.get(Resources.PODS, key).at("/metadata/uid").asText();
      api.delete(Resources.PODS, key, DeleteOptions.DEFAULT);
      Await.until(
          () ->
              api.find(Resources.PODS, key)
                  .filter(pod -> !pod.at("/metadata/uid").asText().equals(uid))
                  .isPresent());
      assertEquals(1, api.list(Resources.PODS, "", ListOptions.ALL).items().size());
    }
    var missing = SETTINGS.with("pod-manifest-path", folder.resolve("none").toString());
    var failure = assertThrows(StartupFailure.class, () -> start(missing));
    assertTrue(failure.getMessage().endsWith("none: no such folder"), failure.getMessage());
  }

  @Test
  void clientsReachItWithTheKeysInItsFolder() throws Exception {
    try (var cluster = start(SETTINGS)) {
      var keys = new KeyFolder(cluster.folder().keys(), InstantSource.system()).existing();
      var tls =
          TlsIdentity.of(
              keys.authorityPem(), keys.administratorCertificatePem(), keys.administratorKeyPem());
      try (var server = new HttpsTransport(URI.create(cluster.record().url()), tls, "")) {
        assertEquals(
            ClusterVersion.KUBERNETES,
            new ApiClient(server).getPath("/version").path("gitVersion").asText());
      }
      var trusting = TlsIdentity.trusting(keys.authorityPem());
      var url = URI.create(cluster.record().url());
      try (var server = new HttpsTransport(url, trusting, keys.administratorToken())) {
        new ApiClient(server).getPath("/api/v1/namespaces/default");
      }
    }
  }

  @Test
  void stateAndKeysSurviveAStop() throws Exception {
    byte[] certificate;
    String uid;
    try (var cluster = start(SETTINGS)) {
      certificate = Files.readAllBytes(cluster.folder().keys().resolve("ca.crt"));
      uid = uidOfDefaultNamespace(cluster);
    }
    try (var cluster = start(SETTINGS)) {
      assertEquals(uid, uidOfDefaultNamespace(cluster));
      assertEquals(
          java.util.HexFormat.of().formatHex(certificate),
          java.util.HexFormat.of()
              .formatHex(Files.readAllBytes(cluster.folder().keys().resolve("ca.crt"))));
    }
  }

  @Test
  void aSecondServerOfTheSameClusterIsRefusedAndHarmsNothing() throws Exception {
    try (var cluster = start(SETTINGS)) {
      var refused = assertThrows(StartupFailure.class, () -> start(SETTINGS));
      assertEquals(StartupFailure.Kind.RUNS_ALREADY, refused.kind());
      assertEquals(cluster.record(), ServerRecord.ofRunning(cluster.folder()).orElseThrow());
      uidOfDefaultNamespace(cluster);
    }
  }

  @Test
  void aTakenPortMeansTheNext() throws Exception {
    try (var first = start(SETTINGS)) {
      var taken = Integer.toString(first.record().port());
      try (var second = start(SETTINGS.with("name", "other").with("port", taken))) {
        assertTrue(second.record().port() > first.record().port());
        var kubeconfig = Files.readString(folder.resolve("kubeconfig"));
        assertTrue(kubeconfig.contains(second.record().url()), "the kubeconfig knows the port");
      }
    }
  }

  @Test
  void aKubeconfigThatCannotBeReadEndsTheStart() throws Exception {
    Files.writeString(folder.resolve("kubeconfig"), "- no: [kubeconfig");
    var refused = assertThrows(StartupFailure.class, () -> start(SETTINGS));
    assertTrue(refused.getMessage().contains("kubeconfig"), refused.getMessage());
    assertEquals("- no: [kubeconfig", Files.readString(folder.resolve("kubeconfig")));
  }

  @Test
  void aCertificateOfAnotherAuthorityOpensNothing() throws Exception {
    try (var cluster = start(SETTINGS)) {
      var own = new KeyFolder(cluster.folder().keys(), InstantSource.system()).existing();
      var foreign =
          new KeyFolder(folder.resolve("foreign"), InstantSource.system())
              .load(List.of("localhost"));
      var tls =
          TlsIdentity.of(
              own.authorityPem(),
              foreign.administratorCertificatePem(),
              foreign.administratorKeyPem());
      try (var server = new HttpsTransport(URI.create(cluster.record().url()), tls, "")) {
        var api = new ApiClient(server);
        assertThrows(
            io.jkube.api.ApiException.class, () -> api.getPath("/api/v1/namespaces/default"));
      }
    }
  }

  @Test
  void aTokenOfAnIssuerLogsIn() throws Exception {
    try (var issuer = new TestIssuer()) {
      var file = Files.writeString(folder.resolve("authentication.yaml"), authentication(issuer));
      var claims = Json.object().put("iss", issuer.url()).put("aud", "jkube").put("sub", "jane");
      var token = issuer.sign(claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond()));
      try (var cluster = start(SETTINGS.with("authentication-config", file.toString()))) {
        assertEquals(file.toString(), cluster.record().options().get("authentication-config"));
        var keys = new KeyFolder(cluster.folder().keys(), InstantSource.system()).existing();
        var tls = TlsIdentity.trusting(keys.authorityPem());
        var url = URI.create(cluster.record().url());
        try (var server = new HttpsTransport(url, tls, token)) {
          var api = new ApiClient(server);
          var refused =
              assertThrows(
                  io.jkube.api.ApiException.class, () -> api.getPath("/api/v1/namespaces/default"));
          assertTrue(refused.getMessage().contains("User \"oidc:jane\""), refused.getMessage());
        }
      }
    }
  }

  @Test
  void flagsNameAnIssuerToo() throws Exception {
    try (var issuer = new TestIssuer()) {
      var authority =
          Files.write(folder.resolve("ca.pem"), Pem.encode(TestAuthority.AUTHORITY.certificate()));
      var settings =
          SETTINGS
              .with("oidc-issuer-url", issuer.url())
              .with("oidc-client-id", "jkube")
              .with("oidc-signing-algs", "ES256")
              .with("oidc-ca-file", authority.toString());
      var claims = Json.object().put("iss", issuer.url()).put("aud", "jkube").put("sub", "jane");
      var token = issuer.sign(claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond()));
      try (var cluster = start(settings)) {
        var keys = new KeyFolder(cluster.folder().keys(), InstantSource.system()).existing();
        var tls = TlsIdentity.trusting(keys.authorityPem());
        try (var server = new HttpsTransport(URI.create(cluster.record().url()), tls, token)) {
          var api = new ApiClient(server);
          var refused =
              assertThrows(
                  io.jkube.api.ApiException.class, () -> api.getPath("/api/v1/namespaces/default"));
          var name = "User \"" + issuer.url() + "#jane\"";
          assertTrue(refused.getMessage().contains(name), refused.getMessage());
        }
      }
    }
  }

  private static String authentication(TestIssuer issuer) {
    var authority = new String(Pem.encode(TestAuthority.AUTHORITY.certificate())).strip();
    return """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer:
            url: %s
            audiences: [jkube]
            certificateAuthority: |
        %s
          claimMappings:
            username: {claim: sub, prefix: 'oidc:'}
        """
        .formatted(issuer.url(), authority.indent(6).stripTrailing());
  }

  @Test
  void everyPartHasTheRightsItsWorkNeeds() throws Exception {
    try (var cluster = start(SETTINGS)) {
      var api = new ApiClient(cluster.administrator());
      api.create(Resources.NAMESPACES, json("{'metadata':{'name':'work'}}"));
      var key = new ObjectKey("work", "p");
      await(cluster, () -> api.find(Resources.SERVICE_ACCOUNTS, new ObjectKey("work", "default")));
      api.create(
          Resources.PODS,
          json(
              "{'metadata':{'name':'p','namespace':'work'},"
                  + "'spec':{'containers':[{'name':'c','image':'busybox:1.36'}]}}"));
      await(
          cluster,
          () ->
              api.find(Resources.PODS, key)
                  .filter(pod -> pod.at("/status/phase").asText().equals("Running")));
      var deployments = new GroupVersionResource("apps", "v1", "deployments");
      api.create(
          deployments,
          json(
              "{'metadata':{'name':'d','namespace':'work'},'spec':{'replicas':2,"
                  + "'selector':{'matchLabels':{'a':'d'}},'template':{'metadata':{'labels':"
                  + "{'a':'d'}},'spec':{'containers':[{'name':'c','image':'busybox:1.36'}]}}}}"));
      await(
          cluster,
          () ->
              api.find(deployments, new ObjectKey("work", "d"))
                  .filter(each -> each.at("/status/availableReplicas").asInt() == 2));
      assertEquals(List.of(), refusals(cluster));
      await(cluster, () -> missing(cluster).isEmpty() ? Optional.of(true) : Optional.empty());
      assertEachSeriesOnce(metrics(cluster));
      api.delete(Resources.NAMESPACES, ObjectKey.cluster("work"), DeleteOptions.DEFAULT);
      await(
          cluster,
          () ->
              api.find(Resources.NAMESPACES, ObjectKey.cluster("work")).isPresent()
                  ? Optional.empty()
                  : Optional.of(true));
    }
  }

  /** Of what components tell as upstream names it, what is not told. */
  private static List<String> missing(Cluster cluster) {
    var lines = metrics(cluster);
    return Stream.of(
            "workqueue_depth{name=\"deployment\"} ",
            "workqueue_adds_total{name=\"replicaset\"} ",
            "workqueue_retries_total{name=\"job\"} ",
            "workqueue_queue_duration_seconds_count{name=\"deployment\"} ",
            "workqueue_work_duration_seconds_bucket{name=\"deployment\",le=\"+Inf\"} ",
            "scheduler_schedule_attempts_total{result=\"scheduled\",profile=\"default-scheduler\"}",
            "scheduler_scheduling_attempt_duration_seconds_count{result=\"scheduled\",",
            "scheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"",
            "scheduler_pending_pods{queue=\"gated\"} 0",
            "scheduler_preemption_attempts_total 0",
            "node_collector_zone_size{zone=\"\"} ")
        .filter(begin -> lines.stream().noneMatch(line -> line.startsWith(begin)))
        .toList();
  }

  private static void assertEachSeriesOnce(List<String> metrics) {
    var names =
        metrics.stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.lastIndexOf(' ')))
            .toList();
    assertEquals(names.stream().distinct().toList(), names);
  }

  /** The lines of the metrics that count refused requests. */
  private static List<String> refusals(Cluster cluster) {
    return metrics(cluster).stream().filter(line -> line.contains("code=\"403\"")).toList();
  }

  private static List<String> metrics(Cluster cluster) {
    var call = ApiCall.of("GET", "/metrics", java.util.Map.of(), null);
    try (var metrics = cluster.administrator().stream(call)) {
      return new String(metrics.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode json(String text) {
    return io.jkube.api.Json.parse(
        text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static <T> T await(Cluster cluster, java.util.function.Supplier<Optional<T>> condition) {
    long end = System.nanoTime() + java.time.Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end) {
      var met = condition.get();
      if (met.isPresent()) {
        return met.get();
      }
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("not within 20 s; refused were " + refusals(cluster));
  }

  @Test
  void deletingLeavesNothing() throws Exception {
    Path path;
    try (var cluster = start(SETTINGS)) {
      path = cluster.folder().path();
    }
    var deleted = new io.jkube.cluster.folder.ClusterFolder("test", path);
    Shutdown.delete(deleted, environment());
    assertFalse(Files.exists(path));
    assertFalse(Files.readString(folder.resolve("kubeconfig")).contains("test"));
  }

  @Test
  void aServerThatComesUpIsNotDeletedUnderItsFeet() throws Exception {
    try (var cluster = start(SETTINGS)) {
      var folder = cluster.folder();
      var refused =
          assertThrows(StartupFailure.class, () -> Shutdown.delete(folder, environment()));
      assertTrue(refused.getMessage().contains("try again"), refused.getMessage());
      uidOfDefaultNamespace(cluster);
    }
  }

  private static String uidOfDefaultNamespace(Cluster cluster) {
    return new ApiClient(cluster.administrator())
        .get(Resources.NAMESPACES, ObjectKey.cluster("default"))
        .at("/metadata/uid")
        .asText();
  }

  private Cluster start(StartSettings settings) throws Exception {
    return Cluster.start(settings, environment(), InstantSource.system(), StartupListener.SILENT);
  }

  private Map<String, String> environment() {
    return Map.of(
        "HOME", folder.toString(),
        "JKUBE_HOME", folder.resolve("home").toString(),
        "KUBECONFIG", folder.resolve("kubeconfig").toString());
  }
}
