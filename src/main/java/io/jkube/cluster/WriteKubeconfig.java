package io.jkube.cluster;

import io.jkube.cluster.kubeconfig.KubeconfigException;
import java.io.IOException;
import java.util.Set;

/** Makes the cluster the current context of the person's kubeconfig. It stays when we stop. */
final class WriteKubeconfig implements StartupStep {
  @Override
  public String title() {
    return "Write the kubeconfig";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(LoadKeys.class, Listen.class);
  }

  @Override
  public void start(Parts parts) throws StartupFailure, IOException, InterruptedException {
    try {
      var entry = ClusterAccess.entry(parts.settings.name(), parts.server.port(), parts.keys);
      ClusterAccess.makeCurrent(parts.folder, entry, parts.environment);
    } catch (KubeconfigException refused) {
      throw new StartupFailure(StartupFailure.Kind.OTHER, refused.getMessage(), refused);
    }
  }
}
