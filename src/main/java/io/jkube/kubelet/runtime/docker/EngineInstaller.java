package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Makes an engine answer where none does: starts the {@code dockerd} that is installed, or installs
 * Debian's first. Only as root, only on Linux; what it cannot do it says, with the commands that
 * would.
 */
public final class EngineInstaller {
  /** What a first start may take: dockerd makes its folders, keys and bridge. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

  /** An engine that someone else started: it is asked again after a while. */
  private static final Commands.Running NOT_OURS =
      wait -> {
        LockSupport.parkNanos(wait.toNanos());
        return false;
      };

  private static final EngineAddress DEFAULT_ADDRESS = EngineAddress.unix("/var/run/docker.sock");

  /**
   * Where Debian's own script has dockerd log; the engine outlives the cluster it is started for.
   */
  private static final Path LOG = Path.of("/var/log/docker.log");

  private final HostMachine machine;
  private final EngineDiscovery discovery;
  private final EngineProbe probe;
  private final Commands commands;
  private final Path log;

  /**
   * @param log what the package manager and the engine write
   */
  public EngineInstaller(
      HostMachine machine,
      EngineDiscovery discovery,
      EngineProbe probe,
      Commands commands,
      Path log) {
    this.machine = machine;
    this.discovery = discovery;
    this.probe = probe;
    this.commands = commands;
    this.log = log;
  }

  /**
   * For this machine.
   *
   * @param environment as for {@link EngineDiscovery#of}
   */
  public static EngineInstaller of(Map<String, String> environment) {
    return new EngineInstaller(
        HostMachine.ofThisProcess(),
        EngineDiscovery.of(environment),
        EngineProbe.real(),
        Commands.real(),
        LOG);
  }

  /**
   * Does nothing where an engine answers.
   *
   * @param say gets a line before each step
   * @throws RuntimeFailure REFUSED where we may not, or a step failed
   */
  public Discovery.Found ensure(Consumer<String> say) {
    return switch (discovery.find()) {
      case Discovery.Found found -> found;
      case Discovery.NotFound none -> {
        refuseUnlessAble(none);
        if (!machine.engineInstalled()) {
          install(say);
        }
        yield start(say);
      }
    };
  }

  private void refuseUnlessAble(Discovery.NotFound none) {
    var chosen = none.attempts().getFirst();
    if (chosen.source().startsWith("DOCKER_")) {
      throw refused(
          "%s asks for %s, which does not answer (%s)"
              .formatted(chosen.source(), chosen.address(), chosen.failure()),
          none);
    }
    if (machine.kind() != HostMachine.Kind.LINUX) {
      throw refused("Docker can be installed and started by jkube on Linux only", none);
    }
    if (!machine.root()) {
      throw refused("only root can install and start Docker", none);
    }
    if (!machine.engineInstalled() && !machine.debian()) {
      throw refused("jkube can install Docker on Debian and Ubuntu only", none);
    }
  }

  private void install(Consumer<String> say) {
    say.accept("Reading Debian's package lists (apt-get update)");
    run("apt-get", "update");
    say.accept("Installing Docker (apt-get install docker.io iptables)");
    run("apt-get", "install", "-y", "--no-install-recommends", "docker.io", "iptables");
  }

  private Discovery.Found start(Consumer<String> say) {
    if (machine.systemd()) {
      say.accept("Starting Docker (systemctl start docker)");
      run("systemctl", "start", "docker");
      return awaitAnswer(NOT_OURS);
    }
    say.accept("Starting Docker (dockerd, log in " + log + ")");
    return awaitAnswer(commands.start(List.of("setsid", "dockerd"), log));
  }

  private Discovery.Found awaitAnswer(Commands.Running engine) {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    RuntimeFailure last = null;
    while (System.nanoTime() < end) {
      try {
        var version = probe.version(DEFAULT_ADDRESS);
        return new Discovery.Found(DEFAULT_ADDRESS, "Docker", version);
      } catch (RuntimeFailure notYet) {
        if (notYet.kind() == RuntimeFailure.Kind.INTERRUPTED) {
          throw notYet;
        }
        last = notYet;
      }
      if (engine.failedWithin(PROBE_INTERVAL)) {
        throw failed("dockerd ended; its log is " + log + ":\n" + commands.tail(log), null);
      }
    }
    throw failed("Docker does not answer after " + START_TIMEOUT.toSeconds() + " s", last);
  }

  private void run(String... command) {
    int exit = commands.run(List.of(command), log);
    if (exit != 0) {
      throw failed(
          "`%s` ended with %d; its output is in %s:%n%s"
              .formatted(String.join(" ", command), exit, log, commands.tail(log)),
          null);
    }
  }

  private static RuntimeFailure refused(String reason, Discovery.NotFound none) {
    var help = String.join("\n  ", none.advice());
    return failed(reason + "; these commands would help:\n  " + help, null);
  }

  private static RuntimeFailure failed(String message, Throwable cause) {
    return new RuntimeFailure(RuntimeFailure.Kind.REFUSED, message, cause);
  }
}
