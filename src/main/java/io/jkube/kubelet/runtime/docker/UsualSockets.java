package io.jkube.kubelet.runtime.docker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the usual products listen, in the order of trying. */
final class UsualSockets {
  /** A product and its socket. */
  record UsualSocket(String product, Path path) {}

  private UsualSockets() {}

  static List<UsualSocket> of(Map<String, String> environment, Path home) {
    var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    var sockets = new ArrayList<UsualSocket>();
    sockets.add(new UsualSocket("Docker", Path.of("/var/run/docker.sock")));
    if (!runtime.isEmpty()) {
      sockets.add(new UsualSocket("rootless Docker", Path.of(runtime, "docker.sock")));
    }
    sockets.add(new UsualSocket("Docker Desktop", home.resolve(".docker/run/docker.sock")));
    sockets.add(new UsualSocket("Docker Desktop", home.resolve(".docker/desktop/docker.sock")));
    sockets.add(new UsualSocket("Colima", home.resolve(".colima/default/docker.sock")));
    sockets.add(new UsualSocket("Colima", home.resolve(".config/colima/default/docker.sock")));
    sockets.add(new UsualSocket("Rancher Desktop", home.resolve(".rd/docker.sock")));
    sockets.add(new UsualSocket("OrbStack", home.resolve(".orbstack/run/docker.sock")));
    if (!runtime.isEmpty()) {
      sockets.add(new UsualSocket("Podman", Path.of(runtime, "podman/podman.sock")));
    }
    sockets.add(new UsualSocket("Podman", Path.of("/run/podman/podman.sock")));
    sockets.add(
        new UsualSocket(
            "Podman", home.resolve(".local/share/containers/podman/machine/podman.sock")));
    return sockets;
  }
}
