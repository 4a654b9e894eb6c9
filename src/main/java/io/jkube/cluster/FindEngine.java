package io.jkube.cluster;

import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.docker.Discovery;
import io.jkube.kubelet.runtime.docker.EngineDiscovery;
import io.jkube.kubelet.runtime.docker.EngineInstaller;
import io.jkube.kubelet.runtime.fake.FakeEngine;
import java.io.IOException;
import java.util.Map;
import java.util.StringJoiner;

/** Finds the container engine, installs it where that was asked for, and connects to it. */
final class FindEngine implements StartupStep {
  @Override
  public String title() {
    return "Find the container engine";
  }

  @Override
  public void start(Parts parts) throws StartupFailure, IOException {
    parts.engine =
        switch (parts.settings.runtime()) {
          case DOCKER -> docker(parts);
          case FAKE -> new ContainerEngine.Fake(new FakeEngine(parts.clock));
        };
  }

  @Override
  public void stop(Parts parts) {
    parts.engine.close();
  }

  private ContainerEngine docker(Parts parts) throws StartupFailure, IOException {
    try {
      var found = parts.settings.installDocker() ? installed(parts) : find(parts.environment);
      return new ContainerEngine.Docker(EngineConnection.open(found, parts.folder).prepare());
    } catch (RuntimeFailure failure) {
      throw new StartupFailure(StartupFailure.Kind.NO_ENGINE, failure.getMessage(), failure);
    }
  }

  private Discovery.Found installed(Parts parts) {
    return EngineInstaller.of(parts.environment).ensure(line -> parts.listener.told(title(), line));
  }

  /**
   * @param environment of the person whose engine is meant
   * @throws StartupFailure with everything that was tried and the commands that would help
   */
  static Discovery.Found find(Map<String, String> environment) throws StartupFailure {
    return switch (EngineDiscovery.of(environment).find()) {
      case Discovery.Found found -> found;
      case Discovery.NotFound none ->
          throw new StartupFailure(StartupFailure.Kind.NO_ENGINE, text(none));
    };
  }

  private static String text(Discovery.NotFound none) {
    var text = new StringJoiner("\n");
    text.add("no Docker engine answers. Tried:");
    for (var attempt : none.attempts()) {
      text.add("  " + attempt.source() + " " + attempt.address() + ": " + attempt.failure());
    }
    if (!none.advice().isEmpty()) {
      text.add("What would help:");
      none.advice().forEach(command -> text.add("  " + command));
    }
    return text.toString();
  }
}
