package io.jkube.controller;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.volume.FolderOwner;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.runtime.Conditions;
import io.jkube.testing.TestAuthority;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A namespace goes when, and only when, nothing is left in it. */
@Timeout(30)
final class NamespaceControllerTest {
  private static final ObjectKey TEAM = ObjectKey.cluster("team");
  private static final ObjectKey POD = new ObjectKey("team", "web");
  private static final ObjectKey MAP = new ObjectKey("team", "settings");

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
  void itsContentGoesWithIt() throws InterruptedException {
    cluster.namespace("team");
    cluster.await(Resources.SERVICE_ACCOUNTS, new ObjectKey("team", "default"), account -> true);
    cluster.create(Resources.SECRETS, "{'metadata':{'namespace':'team','name':'key'}}");
    cluster.create(Resources.LEASES, "{'metadata':{'namespace':'team','name':'lock'}}");
    cluster.client.resource(Resources.NAMESPACES).delete(TEAM);
    cluster.awaitGone(Resources.NAMESPACES, TEAM);
    for (var kind :
        new io.jkube.api.GroupVersionResource[] {
          Resources.SECRETS, Resources.LEASES, Resources.SERVICE_ACCOUNTS, Resources.CONFIG_MAPS
        }) {
      assertEquals(0, cluster.client.list(kind, "team", ListOptions.ALL).items().size());
    }
  }

  @Test
  void podsHaveTheirGraceAndWhatTheyUseStaysUntilTheyEnded() throws InterruptedException {
    cluster.namespace("team");
    cluster.await(Resources.SERVICE_ACCOUNTS, new ObjectKey("team", "default"), account -> true);
    cluster.create(Resources.CONFIG_MAPS, "{'metadata':{'namespace':'team','name':'settings'}}");
    cluster.create(
        Resources.PODS,
        "{'metadata':{'namespace':'team','name':'web'},'spec':{'nodeName':'n1',"
            + "'terminationGracePeriodSeconds':7,'containers':[{'name':'c','image':'busybox'}]}}");
    cluster.create(Resources.NODES, "{'metadata':{'name':'n1'}}");
    cluster.client.resource(Resources.NAMESPACES).delete(TEAM);
    var waiting =
        cluster.await(Resources.NAMESPACES, TEAM, now -> isTrue(now, "NamespaceContentRemaining"));
    assertEquals(
        "Some resources are remaining: pods. has 1 resource instances",
        Conditions.find(waiting, "NamespaceContentRemaining").path("message").asText());
    assertEquals(
        7,
        cluster.client.get(Resources.PODS, POD).at("/metadata/deletionGracePeriodSeconds").asInt());
    assertTrue(cluster.client.find(Resources.CONFIG_MAPS, MAP).isPresent());
    cluster.client.delete(Resources.PODS, POD, DeleteOptions.grace(0));
    cluster.awaitGone(Resources.NAMESPACES, TEAM);
  }

  @Test
  void aFinalizerHoldsItAndIsNamed() throws InterruptedException {
    cluster.namespace("team");
    cluster.create(
        Resources.CONFIG_MAPS,
        "{'metadata':{'namespace':'team','name':'settings','finalizers':['example.com/hold']}}");
    cluster.client.resource(Resources.NAMESPACES).delete(TEAM);
    var held =
        cluster.await(
            Resources.NAMESPACES, TEAM, now -> isTrue(now, "NamespaceFinalizersRemaining"));
    assertEquals(
        "Some content in the namespace has finalizers remaining:"
            + " example.com/hold in 1 resource instances",
        Conditions.find(held, "NamespaceFinalizersRemaining").path("message").asText());
    cluster.client.patch(
        Resources.CONFIG_MAPS, MAP, Patch.merge(json("{'metadata':{'finalizers':null}}")));
    cluster.clock.pass(java.time.Duration.ofSeconds(2));
    lookAgain();
    cluster.awaitGone(Resources.NAMESPACES, TEAM);
  }

  /** Has the controller look at once; it may have looked, and the namespace be gone, already. */
  private void lookAgain() {
    try {
      cluster.client.patch(
          Resources.NAMESPACES, TEAM, Patch.merge(json("{'metadata':{'labels':{'look':'now'}}}")));
    } catch (ApiException gone) {
      assertEquals(StatusReason.NOT_FOUND, gone.reason());
    }
  }

  private static boolean isTrue(ObjectNode namespace, String type) {
    return Conditions.status(namespace, type).equals("True");
  }
}
