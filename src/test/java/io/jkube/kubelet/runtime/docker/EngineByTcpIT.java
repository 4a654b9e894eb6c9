package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.cluster.pki.KeyFolder;
import io.jkube.contract.RuntimeSpecs;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecRequest;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.EngineProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a TCP port, as {@code DOCKER_HOST} names it: plain, and by TLS. */
@Timeout(60)
final class EngineByTcpIT {
  @TempDir static Path folder;

  private static ClusterKeys keys;
  private static Path certificates;

  @BeforeAll
  static void keys() throws Exception {
    keys = newKeys("engine");
    certificates = certificates("docker", keys);
  }

  @Test
  void plain() throws Exception {
    try (var proxy = EngineProxy.plain()) {
      var found = found(proxy, Map.of());
      assertEquals("DOCKER_HOST", found.source());
      assertEquals("tcp://127.0.0.1:" + proxy.port(), found.address().toString());
      assertEquals(EngineProbe.real().version(DockerFixture.ENGINE), found.version());
    }
  }

  @Test
  void tlsWithTheCertificatesOfDockersCommandLine() throws Exception {
    try (var proxy = EngineProxy.tls(keys.serverContext())) {
      assertEquals(
          EngineProbe.real().version(DockerFixture.ENGINE),
          found(proxy, tls(certificates)).version());
      var home = Files.createDirectories(folder.resolve("home"));
      Files.createSymbolicLink(home.resolve(".docker"), certificates);
      found(proxy, Map.of("DOCKER_TLS_VERIFY", "1", "HOME", home.toString()));
    }
  }

  @Test
  void containersRunAndTheirStreamsEndOneByOne() throws Exception {
    var image = BusyboxImage.in(DockerFixture.ENGINE);
    try (var proxy = EngineProxy.tls(keys.serverContext());
        var docker = DockerFixture.open(found(proxy, tls(certificates)).address())) {
      var runtime = docker.cluster().runtime("node");
      learnWhatItsMachineMay(runtime);
      var pod = RuntimeSpecs.pod("tls");
      var spec = RuntimeSpecs.sandbox(pod);
      var sandbox = runtime.runSandbox(spec).id();
      var main = RuntimeSpecs.container(pod, image, List.of("sleep", "1000"), false, false);
      var container = runtime.createContainer(spec, sandbox, main);
      runtime.startContainer(container);
      try (var cat =
          runtime.openExec(container, new ExecRequest(List.of("cat"), true, true, false, false))) {
        try (var stdin = cat.stdin()) {
          stdin.write("said over TLS".getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals("said over TLS", new String(cat.next().bytes(), StandardCharsets.US_ASCII));
        assertNull(cat.next());
        assertEquals(0, cat.awaitExit());
      }
    }
  }

  @Test
  void anEngineOfAnotherAuthorityIsNotTrusted() throws Exception {
    var stranger = certificates("stranger", newKeys("others"));
    try (var proxy = EngineProxy.tls(keys.serverContext())) {
      var failure = failure(proxy, tls(stranger));
      assertTrue(failure.contains("PKIX path"), failure);
    }
  }

  @Test
  void whoHasNoCertificateIsRefused() throws Exception {
    var bare = Files.createDirectories(folder.resolve("bare"));
    Files.write(bare.resolve("ca.pem"), keys.authorityPem());
    try (var proxy = EngineProxy.tls(keys.serverContext())) {
      assertTrue(failure(proxy, tls(bare)).startsWith("the Docker Engine does not answer: "));
    }
  }

  @Test
  void tlsIsNotGuessed() throws Exception {
    try (var proxy = EngineProxy.tls(keys.serverContext())) {
      assertTrue(failure(proxy, Map.of()).startsWith("the Docker Engine"));
    }
    try (var proxy = EngineProxy.plain()) {
      assertTrue(failure(proxy, tls(certificates)).startsWith("the Docker Engine"));
    }
  }

  /** Of an engine behind a port, the first start tells whether it may lower oom_score_adj. */
  private static void learnWhatItsMachineMay(DockerRuntime runtime) {
    try {
      runtime.runSandbox(RuntimeSpecs.sandbox(RuntimeSpecs.pod("first")));
    } catch (RuntimeFailure refused) {
      assertTrue(refused.getMessage().contains("final child"), refused.getMessage());
    }
  }

  private static Map<String, String> tls(Path certificates) {
    return Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", certificates.toString());
  }

  private static Discovery.Found found(EngineProxy proxy, Map<String, String> environment) {
    return assertInstanceOf(Discovery.Found.class, find(proxy, environment));
  }

  /** Why the one engine that was asked for would not do. */
  private static String failure(EngineProxy proxy, Map<String, String> environment) {
    var none = assertInstanceOf(Discovery.NotFound.class, find(proxy, environment));
    assertEquals(1, none.attempts().size());
    assertEquals("unset DOCKER_HOST", none.advice().getFirst());
    return none.attempts().getFirst().failure();
  }

  private static Discovery find(EngineProxy proxy, Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.put("DOCKER_HOST", "tcp://127.0.0.1:" + proxy.port());
    return EngineDiscovery.of(all).find();
  }

  private static ClusterKeys newKeys(String name) throws Exception {
    return new KeyFolder(folder.resolve(name), InstantSource.system())
        .load(List.of("localhost", "127.0.0.1"));
  }

  /** A folder as {@code DOCKER_CERT_PATH} names it. */
  private static Path certificates(String name, ClusterKeys keys) throws Exception {
    var certificates = Files.createDirectories(folder.resolve(name));
    Files.write(certificates.resolve("ca.pem"), keys.authorityPem());
    Files.write(certificates.resolve("cert.pem"), keys.administratorCertificatePem());
    Files.write(certificates.resolve("key.pem"), keys.administratorKeyPem());
    return certificates;
  }
}
