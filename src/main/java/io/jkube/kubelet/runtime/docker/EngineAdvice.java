package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.docker.Discovery.Attempt;
import java.util.ArrayList;
import java.util.List;

/** Which commands would make an engine answer, judged by the machine and by what failed. */
final class EngineAdvice {
  private EngineAdvice() {}

  static List<String> on(HostMachine machine, List<Attempt> attempts) {
    var advice = new ArrayList<String>();
    for (var attempt : attempts) {
      if (attempt.source().equals("DOCKER_HOST")) {
        advice.add("unset DOCKER_HOST");
      } else if (attempt.source().startsWith("DOCKER_CONTEXT")) {
        advice.add("unset DOCKER_CONTEXT");
      } else if (attempt.source().startsWith("context ")) {
        advice.add("docker context use default");
      }
    }
    switch (machine.kind()) {
      case LINUX -> linux(machine, attempts, advice);
      case MAC -> advice.addAll(List.of("open -a Docker", "colima start", "orb start"));
      case OTHER -> advice.add("start Docker, or set DOCKER_HOST=tcp://HOST:2376");
    }
    return advice;
  }

  private static void linux(HostMachine machine, List<Attempt> attempts, List<String> advice) {
    if (attempts.stream().anyMatch(EngineAdvice::forbidden)) {
      advice.add("sudo usermod -aG docker $USER && newgrp docker");
    } else if (machine.root() && (machine.engineInstalled() || machine.debian())) {
      advice.add("jkube start --install-docker");
    } else if (machine.engineInstalled()) {
      advice.add(machine.systemd() ? "sudo systemctl start docker" : "sudo setsid dockerd &");
    } else if (machine.debian()) {
      advice.add("sudo apt-get install -y docker.io iptables");
      advice.add("sudo usermod -aG docker $USER && newgrp docker");
    } else {
      advice.add("install Docker: https://docs.docker.com/engine/install/");
    }
  }

  private static boolean forbidden(Attempt attempt) {
    return attempt.failure().contains("ermission denied")
        && attempt.address().equals("unix:///var/run/docker.sock");
  }
}
