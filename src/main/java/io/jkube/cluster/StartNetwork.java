package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import io.jkube.network.nft.NftProxy;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Services reachable: the API at an address of the pods' network, rules in the kernel, names.
 * All of it comes up beside the kubelets and is there before their first container; the start does
 * not wait for it.
 */
final class StartNetwork implements StartupStep {
  private static final Logger LOG = LoggerFactory.getLogger(StartNetwork.class);
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
  public void start(Parts parts) throws InterruptedException {
    switch (parts.engine) {
      case ContainerEngine.Fake none ->
          parts.policyObstacle = Optional.of("the pods of this cluster run in name only");
      case ContainerEngine.Docker docker -> {
        var client = new ApiClient(parts.transport(UserInfo.of(PROXY), "kube-proxy"));
        parts.network = new ClusterNetwork(parts, docker.cluster(), client).begin();
        warnOfSharedRange(parts);
      }
    }
  }

  private void warnOfSharedRange(Parts parts) throws InterruptedException {
    var others = NftProxy.serviceRangesBeside(parts.settings.name());
    var other = parts.services.sharedWith(others);
    if (other.isPresent()) {
      var warning =
          "the services of cluster \"%s\" have addresses of %s, too: pods reach those of their own"
              + " cluster, this machine those of the one that was there first";
      var text = warning.formatted(other.get(), parts.services.range());
      LOG.warn("{}", text);
      parts.listener.told(title(), text);
    }
  }

  @Override
  public void stop(Parts parts) {
    if (parts.network != null) {
      parts.network.close();
    }
  }
}
