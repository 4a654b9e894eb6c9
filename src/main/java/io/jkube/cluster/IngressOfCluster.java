package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.pki.HostCertificates;
import io.jkube.controller.ControllerList;
import io.jkube.network.ServiceInformers;
import io.jkube.network.ingress.IngressController;
import io.jkube.network.ingress.ServerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the controller of ingresses of a cluster's parts. */
final class IngressOfCluster {
  private static final Logger LOG = LoggerFactory.getLogger(IngressOfCluster.class);
  private static final String ACCOUNT = "ingress-controller";

  private IngressOfCluster() {}

  static IngressController of(Parts parts, ServiceInformers services) throws IOException {
    Files.deleteIfExists(parts.folder.ingress());
    var account =
        UserInfo.of(
            ControllerList.USER_PREFIX + ACCOUNT,
            "system:serviceaccounts",
            "system:serviceaccounts:kube-system");
    var client = new ApiClient(parts.transport(account, ACCOUNT));
    var authority = parts.keys.authority();
    var certificates = new HostCertificates(authority, parts.clock);
    return new IngressController(
        client,
        services,
        host -> {
          var issued = certificates.issue(host);
          var chain = List.of(issued.certificate(), authority.certificate());
          return new ServerIdentity(chain, issued.key());
        },
        words -> note(parts.folder, words),
        parts.clock);
  }

  /** For {@code jkube status}. */
  private static void note(ClusterFolder folder, String words) {
    try {
      if (words.isEmpty()) {
        Files.deleteIfExists(folder.ingress());
      } else {
        PrivateFiles.write(folder.ingress(), words.getBytes(StandardCharsets.UTF_8));
        LOG.info("ingresses are reached at {}", words);
      }
    } catch (IOException failure) {
      LOG.warn("status will not tell where ingresses are reached", failure);
    }
  }
}
