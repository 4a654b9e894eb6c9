package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import java.util.Optional;
import java.util.Set;

/**
 * Makes Services reachable: the API at an address of the pods' network, rules in the kernel, names.
 * All of it comes up beside the kubelets and is there before their first container; the start does
 * not wait for it.
 */
final class StartNetwork implements StartupStep {
  private static final String PROXY = "system:kube-proxy";

  @Override
  public String title() {
    return "Start the service network";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(FindEngine.class, SeedObjects.class, SeedRoles.class, Serve.class);
  }

  @Override
  public void start(Parts parts) {
    switch (parts.engine) {
      case ContainerEngine.Fake none ->
          parts.policyObstacle = Optional.of("the pods of this cluster run in name only");
      case ContainerEngine.Docker docker -> {
        var client = new ApiClient(parts.transport(UserInfo.of(PROXY), "kube-proxy"));
        parts.network = new ClusterNetwork(parts, docker.cluster(), client).begin();
      }
    }
  }

  @Override
  public void stop(Parts parts) {
    if (parts.network != null) {
      parts.network.close();
    }
  }
}
