package io.jkube.controller;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.volume.FolderOwner;
import io.jkube.api.x509.Pem;
import io.jkube.client.Patch;
import io.jkube.testing.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What controllers put into every namespace. */
@Timeout(30)
final class NamespaceContentTest {
  private static final ObjectKey ACCOUNT = new ObjectKey("team", "default");
  private static final ObjectKey MAP = new ObjectKey("team", "kube-root-ca.crt");

  private static final String PEM =
      new String(Pem.encode(TestAuthority.AUTHORITY.certificate()), StandardCharsets.US_ASCII);

  private final TestCluster cluster = new TestCluster();
  private final ControllerList controllers =
      ControllerList.start(
          cluster::clientOf,
          cluster.clock,
          TestAuthority.AUTHORITY,
          Path.of("target/volumes"),
          FolderOwner.NONE);

  @AfterEach
  void close() {
    controllers.close();
    cluster.close();
  }

  @Test
  void aNamespaceGetsItsServiceAccountAgainWhenItIsDeleted() throws InterruptedException {
    cluster.namespace("team");
    var first = cluster.await(Resources.SERVICE_ACCOUNTS, ACCOUNT, any -> true);
    cluster.client.resource(Resources.SERVICE_ACCOUNTS).delete(ACCOUNT);
    cluster.await(
        Resources.SERVICE_ACCOUNTS,
        ACCOUNT,
        account -> !account.at("/metadata/uid").equals(first.at("/metadata/uid")));
  }

  @Test
  void aNamespaceThatWasThereBeforeGetsThemToo() throws InterruptedException {
    assertTrue(controllers.awaitSynced(Duration.ofSeconds(20)));
    try (var earlier = new TestCluster()) {
      earlier.namespace("team");
      try (var _ =
          ControllerList.start(
              earlier::clientOf,
              earlier.clock,
              TestAuthority.AUTHORITY,
              Path.of("target/volumes"),
              FolderOwner.NONE)) {
        earlier.await(Resources.SERVICE_ACCOUNTS, ACCOUNT, any -> true);
        earlier.await(Resources.CONFIG_MAPS, MAP, any -> true);
      }
    }
  }

  @Test
  void theCertificateIsPublishedAndPutRightWhenSomebodyChangesIt() throws InterruptedException {
    cluster.namespace("team");
    var map = cluster.await(Resources.CONFIG_MAPS, MAP, any -> true);
    assertEquals(PEM, map.path("data").path("ca.crt").asText());
    assertTrue(
        map.at("/metadata/annotations/kubernetes.io~1description")
            .asText()
            .startsWith("Contains a CA bundle"));
    var broken = Patch.merge(json("{'data':{'ca.crt':'other','more':'x'}}"));
    cluster.client.patch(Resources.CONFIG_MAPS, MAP, broken);
    var right =
        cluster.await(
            Resources.CONFIG_MAPS, MAP, now -> now.at("/data/ca.crt").asText().equals(PEM));
    assertEquals(1, right.path("data").size());
  }
}
