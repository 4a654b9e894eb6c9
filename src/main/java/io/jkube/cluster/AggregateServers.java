package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.cluster.pki.FrontProxyKeys;
import io.jkube.cluster.pki.KeyFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other API servers serve groups of this one, and tells them whom to believe. Nobody waits for
 * it: its keys take long to find at the first start.
 */
final class AggregateServers implements StartupStep {
  private static final Logger LOG = LoggerFactory.getLogger(AggregateServers.class);
  private static final ObjectKey AUTHENTICATION =
      new ObjectKey("kube-system", "extension-apiserver-authentication");

  @Override
  public String title() {
    return "Aggregate other API servers";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(AwaitReady.class, SeedNamespaces.class, Serve.class);
  }

  @Override
  public void start(Parts parts) {
    parts.aggregation = Thread.ofVirtual().name("aggregation").start(() -> begin(parts));
  }

  private static void begin(Parts parts) {
    try {
      var keys = new KeyFolder(parts.folder.keys(), parts.clock).loadFrontProxy();
      publish(parts, authentication(parts.keys, keys));
      parts.chain.aggregate(keys.keyManagers());
    } catch (IOException | GeneralSecurityException | ApiException failure) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.error("Other API servers are not reached: {}", failure.toString());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void publish(Parts parts, ObjectNode wanted) {
    var api = parts.api();
    var there = api.find(Resources.CONFIG_MAPS, AUTHENTICATION);
    if (there.isEmpty()) {
      Seeds.create(api, Resources.CONFIG_MAPS, wanted);
    } else if (!there.get().path("data").equals(wanted.path("data"))) {
      var next = there.get().deepCopy();
      next.set("data", wanted.path("data"));
      api.update(Resources.CONFIG_MAPS, next);
    }
  }

  private static ObjectNode authentication(ClusterKeys cluster, FrontProxyKeys frontProxy) {
    var map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata")
        .put("name", AUTHENTICATION.name())
        .put("namespace", AUTHENTICATION.namespace());
    map.putObject("data")
        .put("client-ca-file", text(cluster.authorityPem()))
        .put("requestheader-allowed-names", "[\"" + FrontProxyKeys.CLIENT_NAME + "\"]")
        .put("requestheader-client-ca-file", text(frontProxy.authorityPem()))
        .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
        .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
        .put("requestheader-uid-headers", "[\"X-Remote-Uid\"]")
        .put("requestheader-username-headers", "[\"X-Remote-User\"]");
    return map;
  }

  private static String text(byte[] pem) {
    return new String(pem, StandardCharsets.US_ASCII);
  }

  @Override
  public void stop(Parts parts) throws InterruptedException {
    parts.aggregation.interrupt();
    parts.aggregation.join();
  }
}
