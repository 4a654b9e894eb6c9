package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineInstallerTest {
  private static final Path LOG = Path.of("install.log");

  @TempDir Path home;
  private final List<String> ran = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private boolean answers;
  private int aptExit;
  private boolean engineFails;

  @Test
  void whereAnEngineAnswersNothingIsDone() {
    answers = true;
    assertEquals("Docker", ensure(linux(true, true, true, false)).source());
    assertEquals(List.of(), ran);
    assertEquals(List.of(), said);
  }

  @Test
  void anInstalledEngineIsStarted() {
    ensure(linux(true, true, true, false));
    assertEquals(List.of("setsid dockerd"), ran);
    assertEquals(List.of("Starting Docker (dockerd, log in install.log)"), said);
  }

  @Test
  void whereServicesAreSystemdsItStartsTheEngine() {
    ensure(linux(true, true, true, true));
    assertEquals(List.of("systemctl start docker"), ran);
  }

  @Test
  void onDebianAMissingEngineIsInstalledAndStarted() {
    ensure(linux(true, true, false, false));
    assertEquals(
        List.of(
            "apt-get update",
            "apt-get install -y --no-install-recommends docker.io iptables",
            "setsid dockerd"),
        ran);
    assertEquals(3, said.size());
  }

  @Test
  void whoIsNotRootOrNotOnDebianIsTold() {
    assertTrue(refusal(linux(false, true, true, false)).contains("only root"));
    assertTrue(refusal(linux(true, false, false, false)).contains("Debian and Ubuntu"));
    var mac = new HostMachine(HostMachine.Kind.MAC, true, false, false, false);
    assertTrue(refusal(mac).contains("colima start"));
    assertEquals(List.of(), ran);
  }

  @Test
  void anEngineThatTheEnvironmentNamesIsNotReplaced() {
    var message = refusal(linux(true, true, true, false), Map.of("DOCKER_HOST", "tcp://h:1"));
    assertTrue(message.startsWith("DOCKER_HOST asks for tcp://h:1"), message);
    assertEquals(List.of(), ran);
  }

  @Test
  void aFailedStepIsToldWithItsOutput() {
    aptExit = 100;
    var message = refusal(linux(true, true, false, false));
    assertTrue(message.startsWith("`apt-get update` ended with 100"), message);
    assertTrue(message.contains("the log's end"), message);

    engineFails = true;
    assertTrue(refusal(linux(true, true, true, false)).startsWith("dockerd ended"));
  }

  private static HostMachine linux(
      boolean root, boolean debian, boolean engineInstalled, boolean systemd) {
    return new HostMachine(HostMachine.Kind.LINUX, root, debian, engineInstalled, systemd);
  }

  private Discovery.Found ensure(HostMachine machine) {
    return installer(machine, Map.of()).ensure(said::add);
  }

  private String refusal(HostMachine machine) {
    return refusal(machine, Map.of());
  }

  private String refusal(HostMachine machine, Map<String, String> environment) {
    var installer = installer(machine, environment);
    return assertThrows(RuntimeFailure.class, () -> installer.ensure(said::add)).getMessage();
  }

  private EngineInstaller installer(HostMachine machine, Map<String, String> environment) {
    var discovery = new EngineDiscovery(environment, home, this::probe, machine);
    return new EngineInstaller(machine, discovery, this::probe, new Recorded(), LOG);
  }

  private String probe(EngineAddress address) {
    if (answers) {
      return "20.10.24";
    }
    throw new RuntimeFailure(RuntimeFailure.Kind.UNREACHABLE, "nobody listens", null);
  }

  /** Commands that are noted; the one that starts an engine makes it answer. */
  private final class Recorded implements Commands {
    @Override
    public int run(List<String> command, Path log) {
      ran.add(String.join(" ", command));
      answers = command.getFirst().equals("systemctl");
      return aptExit;
    }

    @Override
    public Running start(List<String> command, Path log) {
      ran.add(String.join(" ", command));
      answers = !engineFails;
      return wait -> engineFails;
    }

    @Override
    public String tail(Path log) {
      return "the log's end";
    }
  }
}
