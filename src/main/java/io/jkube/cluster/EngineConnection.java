package io.jkube.cluster;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.kubelet.runtime.docker.ClusterSettings;
import io.jkube.kubelet.runtime.docker.Discovery;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cluster's way to its containers. Engines know clusters by name; two people, or one with two
 * homes, may use one name on one engine: the second is refused, lest it takes the first's
 * containers for its own. A cluster whose folder is gone holds nothing.
 */
final class EngineConnection {
  private EngineConnection() {}

  /**
   * @throws StartupFailure the containers of this name are another cluster's
   * @throws io.jkube.kubelet.runtime.RuntimeFailure the engine does not answer
   */
  static DockerCluster open(Discovery.Found engine, ClusterFolder folder)
      throws StartupFailure, IOException {
    var path = folder.path().toRealPath();
    var settings = ClusterSettings.DEFAULTS.withFolder(path.toString());
    var cluster = DockerCluster.connect(engine.address(), folder.name(), settings);
    boolean ours = false;
    try {
      var owner = cluster.owner();
      ours = owner.isEmpty() || Path.of(owner).equals(path) || isGone(Path.of(owner));
      if (!ours) {
        throw new StartupFailure(
            StartupFailure.Kind.OTHER,
            "the engine has the containers of another cluster \""
                + folder.name()
                + "\", that of "
                + owner
                + "; choose another --name");
      }
      return cluster;
    } finally {
      if (!ours) {
        cluster.close();
      }
    }
  }

  /** Surely gone: what another person's folder hides may be there. */
  private static boolean isGone(Path other) {
    return Files.notExists(new ClusterFolder("other", other).keys());
  }
}
