package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.docker.Discovery.Attempt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the engine that the person's {@code docker} command speaks to: {@code DOCKER_HOST}, then
 * the current context, then the sockets where the usual products listen.
 *
 * <p>What the environment names ({@code DOCKER_HOST}, {@code DOCKER_CONTEXT}) is meant: when it
 * does not answer nothing else is tried, lest pods run where nobody looks for them.
 */
public final class EngineDiscovery {
  private final Map<String, String> environment;
  private final Path home;
  private final EngineProbe probe;
  private final HostMachine machine;

  public EngineDiscovery(
      Map<String, String> environment, Path home, EngineProbe probe, HostMachine machine) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.probe = probe;
    this.machine = machine;
  }

  /**
   * On this machine.
   *
   * @param environment of the person: HOME, DOCKER_HOST and the like
   */
  public static EngineDiscovery of(Map<String, String> environment) {
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return new EngineDiscovery(
        environment, Path.of(home), EngineProbe.real(), HostMachine.ofThisProcess());
  }

  /** Tries one after the other until one answers. */
  public Discovery find() {
    var attempts = new ArrayList<Attempt>();
    if (given("DOCKER_HOST").isPresent()) {
      return only(tryHost(given("DOCKER_HOST").get(), attempts), attempts);
    }
    if (given("DOCKER_CONTEXT").isPresent()) {
      var name = given("DOCKER_CONTEXT").get();
      if (!name.equals(DockerContexts.DEFAULT)) {
        return only(tryContext(name, "DOCKER_CONTEXT " + name, attempts), attempts);
      }
      return only(trySockets(attempts), attempts);
    }
    return only(tryCurrentContext(attempts).or(() -> trySockets(attempts)), attempts);
  }

  private Discovery only(Optional<Discovery> found, List<Attempt> attempts) {
    return found.orElseGet(
        () -> new Discovery.NotFound(attempts, EngineAdvice.on(machine, attempts)));
  }

  private Optional<Discovery> tryHost(String host, List<Attempt> attempts) {
    try {
      return answers("DOCKER_HOST", EngineAddress.parse(host, certificates()), attempts);
    } catch (IllegalArgumentException malformed) {
      attempts.add(new Attempt("DOCKER_HOST", host, malformed.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Discovery> tryCurrentContext(List<Attempt> attempts) {
    try {
      var name = contexts().current();
      return name.equals(DockerContexts.DEFAULT) || name.isEmpty()
          ? Optional.empty()
          : tryContext(name, "context " + name, attempts);
    } catch (IOException unreadable) {
      attempts.add(
          new Attempt("current context", configFolder().toString(), unreadable.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Discovery> tryContext(String name, String source, List<Attempt> attempts) {
    try {
      return answers(source, contexts().address(name), attempts);
    } catch (IOException | IllegalArgumentException unusable) {
      attempts.add(new Attempt(source, name, unusable.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Discovery> trySockets(List<Attempt> attempts) {
    for (var socket : UsualSockets.of(environment, home)) {
      var found = answers(socket.product(), new EngineAddress.Unix(socket.path()), attempts);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Discovery> answers(
      String source, EngineAddress address, List<Attempt> attempts) {
    if (attempts.stream().anyMatch(earlier -> earlier.address().equals(address.toString()))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Discovery.Found(address, source, probe.version(address)));
    } catch (RuntimeFailure failure) {
      attempts.add(new Attempt(source, address.toString(), failure.getMessage()));
      return Optional.empty();
    }
  }

  /** As Docker's command line: TLS when either variable asks for it. */
  private Path certificates() {
    var path = given("DOCKER_CERT_PATH").map(Path::of);
    return path.isEmpty() && given("DOCKER_TLS_VERIFY").isPresent()
        ? configFolder()
        : path.orElse(null);
  }

  private DockerContexts contexts() {
    return new DockerContexts(configFolder());
  }

  private Path configFolder() {
    return given("DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
  }

  private Optional<String> given(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }
}
