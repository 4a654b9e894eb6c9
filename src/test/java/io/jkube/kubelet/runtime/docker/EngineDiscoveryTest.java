package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EngineDiscoveryTest {
  private static final HostMachine DEBIAN_USER =
      new HostMachine(HostMachine.Kind.LINUX, false, true, false, true);
  private static final String DEFAULT_SOCKET = "unix:///var/run/docker.sock";

  @TempDir Path home;

  @Test
  void theEnvironmentNamesTheEngineAndNothingElseIsTried() {
    var environment = Map.of("DOCKER_HOST", "tcp://10.0.0.1:2375");
    var found = found(environment, Set.of("tcp://10.0.0.1:2375", DEFAULT_SOCKET));
    assertEquals("DOCKER_HOST", found.source());
    assertEquals("tcp://10.0.0.1:2375", found.address().toString());

    var none = none(environment, Set.of(DEFAULT_SOCKET), DEBIAN_USER);
    assertEquals(
        List.of(new Discovery.Attempt("DOCKER_HOST", "tcp://10.0.0.1:2375", "nobody listens")),
        none.attempts());
    assertEquals("unset DOCKER_HOST", none.advice().getFirst());
  }

  @Test
  void tlsIsAskedForAsDockersCommandLineDoes() {
    var address = "tcp://10.0.0.1:2376";
    var byPath =
        found(
            Map.of("DOCKER_HOST", "tcp://10.0.0.1", "DOCKER_CERT_PATH", "/certs"), Set.of(address));
    assertEquals(new EngineAddress.Tcp("10.0.0.1", 2376, Path.of("/certs")), byPath.address());
    var byFlag =
        found(Map.of("DOCKER_HOST", "tcp://10.0.0.1", "DOCKER_TLS_VERIFY", "1"), Set.of(address));
    assertEquals(
        new EngineAddress.Tcp("10.0.0.1", 2376, home.resolve(".docker")), byFlag.address());
  }

  @ParameterizedTest
  @CsvSource({"ssh://me@host, ssh", "nonsense, unix:///PATH", "tcp://, HOST"})
  void anAddressWeCannotSpeakToIsExplained(String host, String words) {
    var none = none(Map.of("DOCKER_HOST", host), Set.of(), DEBIAN_USER);
    assertTrue(none.attempts().getFirst().failure().contains(words), none.toString());
  }

  @Test
  void theCurrentContextComesBeforeTheUsualSockets() throws IOException {
    context("colima", "unix:///colima.sock");
    Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"colima\"}");

    var found = found(Map.of(), Set.of("unix:///colima.sock", DEFAULT_SOCKET));
    assertEquals("context colima", found.source());
    assertEquals("Docker", found(Map.of(), Set.of(DEFAULT_SOCKET)).source());
  }

  @Test
  void theContextOfTheEnvironmentIsMeant() throws IOException {
    context("desktop-linux", "unix:///desktop.sock");
    var environment = Map.of("DOCKER_CONTEXT", "desktop-linux");
    assertEquals(
        "DOCKER_CONTEXT desktop-linux",
        found(environment, Set.of("unix:///desktop.sock")).source());
    assertEquals(1, none(environment, Set.of(DEFAULT_SOCKET), DEBIAN_USER).attempts().size());
    assertEquals(
        "Docker", found(Map.of("DOCKER_CONTEXT", "default"), Set.of(DEFAULT_SOCKET)).source());
  }

  @Test
  void aContextThatIsNotThereIsToldAndTheSocketsAreTried() throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"lost\"}");
    var none = none(Map.of(), Set.of(), DEBIAN_USER);
    assertEquals("context lost", none.attempts().getFirst().source());
    assertTrue(none.attempts().getFirst().failure().startsWith("no context of this name"));
    assertEquals("docker context use default", none.advice().getFirst());
    assertEquals("Docker", found(Map.of(), Set.of(DEFAULT_SOCKET)).source());
  }

  @Test
  void aConfigurationThatCannotBeReadIsTold() throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), "{");
    var first = none(Map.of(), Set.of(), DEBIAN_USER).attempts().getFirst();
    assertEquals("current context", first.source());
    assertTrue(first.failure().endsWith("is not valid JSON"), first.failure());
  }

  @ParameterizedTest
  @CsvSource({
    "Docker, /var/run/docker.sock",
    "rootless Docker, /run/user/7/docker.sock",
    "Docker Desktop, HOME/.docker/run/docker.sock",
    "Docker Desktop, HOME/.docker/desktop/docker.sock",
    "Colima, HOME/.colima/default/docker.sock",
    "Rancher Desktop, HOME/.rd/docker.sock",
    "OrbStack, HOME/.orbstack/run/docker.sock",
    "Podman, /run/user/7/podman/podman.sock"
  })
  void theUsualSocketsAreFound(String product, String socket) {
    var address = "unix://" + socket.replace("HOME", home.toString());
    var found = found(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), Set.of(address));
    assertEquals(product, found.source());
    assertEquals(address, found.address().toString());
  }

  @Test
  void whenNoneAnswersEveryAttemptIsToldWithWhatWouldHelp() {
    var none = none(Map.of(), Set.of(), DEBIAN_USER);
    assertTrue(none.attempts().size() >= 8);
    assertEquals(
        new Discovery.Attempt("Docker", DEFAULT_SOCKET, "nobody listens"),
        none.attempts().getFirst());
    assertEquals("sudo apt-get install -y docker.io iptables", none.advice().getFirst());

    var root = new HostMachine(HostMachine.Kind.LINUX, true, true, false, false);
    assertEquals(List.of("jkube start --install-docker"), none(Map.of(), Set.of(), root).advice());
    var mac = new HostMachine(HostMachine.Kind.MAC, false, false, false, false);
    assertEquals("open -a Docker", none(Map.of(), Set.of(), mac).advice().getFirst());
  }

  @Test
  void whoMayNotOpenTheSocketIsToldHowToBeAllowed() {
    EngineProbe forbidden =
        address -> {
          throw new RuntimeFailure(RuntimeFailure.Kind.UNREACHABLE, "Permission denied", null);
        };
    var discovery = new EngineDiscovery(Map.of(), home, forbidden, DEBIAN_USER);
    var none = assertInstanceOf(Discovery.NotFound.class, discovery.find());
    assertEquals(List.of("sudo usermod -aG docker $USER && newgrp docker"), none.advice());
  }

  private void context(String name, String host) throws IOException {
    var folder = home.resolve(".docker/contexts/meta").resolve(sha256(name));
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("meta.json"),
        "{\"Name\":\"%s\",\"Endpoints\":{\"docker\":{\"Host\":\"%s\"}}}".formatted(name, host));
  }

  private static String sha256(String text) throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IOException(impossible);
    }
  }

  private Discovery.Found found(Map<String, String> environment, Set<String> answering) {
    var discovery =
        new EngineDiscovery(environment, home, address -> probe(address, answering), DEBIAN_USER);
    return assertInstanceOf(Discovery.Found.class, discovery.find());
  }

  private Discovery.NotFound none(
      Map<String, String> environment, Set<String> answering, HostMachine machine) {
    var discovery =
        new EngineDiscovery(environment, home, address -> probe(address, answering), machine);
    return assertInstanceOf(Discovery.NotFound.class, discovery.find());
  }

  private static String probe(EngineAddress address, Set<String> answering) {
    if (answering.contains(address.toString())) {
      return "20.10.24";
    }
    throw new RuntimeFailure(RuntimeFailure.Kind.UNREACHABLE, "nobody listens", null);
  }
}
