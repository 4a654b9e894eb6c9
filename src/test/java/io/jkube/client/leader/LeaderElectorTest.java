package io.jkube.client.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.client.ListOptions;
import io.jkube.controller.TestCluster;
import io.jkube.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several candidates on one store: one leads, and when it ends another does. */
@Timeout(30)
final class LeaderElectorTest {
  private static final LeaderTiming QUICK =
      new LeaderTiming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(10));
  private static final ObjectKey LEASE = new ObjectKey("kube-system", "kube-scheduler");

  private final TestCluster cluster = new TestCluster();
  private final List<String> atWork = new CopyOnWriteArrayList<>();
  private final List<LeaderElector> electors = new ArrayList<>();

  @BeforeEach
  void namespace() {
    cluster.namespace("kube-system");
  }

  @AfterEach
  void close() throws InterruptedException {
    for (var elector : electors) {
      elector.close();
    }
    cluster.close();
  }

  @Test
  void oneLeadsAndTheLeaseSaysWho() throws InterruptedException {
    var first = candidate("first", false);
    Await.until(first::isLeading);
    var second = candidate("second", false);
    var lease = cluster.await(Resources.LEASES, LEASE, any -> true).path("spec");
    assertEquals("first", lease.path("holderIdentity").asText());
    assertEquals(15, lease.path("leaseDurationSeconds").asInt());
    assertEquals(0, lease.path("leaseTransitions").asInt());
    assertEquals(Timestamps.micros(cluster.clock.instant()), lease.path("acquireTime").asText());
    assertFalse(second.isLeading());
    assertEquals(List.of("first"), atWork);
    Await.until(() -> events().contains("LeaderElection first became leader"));
  }

  @Test
  void whoEndsLetsTheNextLeadAtOnce() throws InterruptedException {
    var first = candidate("first", false);
    Await.until(first::isLeading);
    var second = candidate("second", false);
    first.close();
    Await.until(second::isLeading);
    assertEquals(List.of("second"), atWork);
    assertEquals(1, spec().path("leaseTransitions").asInt());
  }

  @Test
  void whoFallsSilentIsFollowedWhenItsLeaseIsOver() throws InterruptedException {
    var killed = lease("killed", false);
    assertTrue(killed.takeOrRenew());
    var next = lease("next", false);
    assertFalse(next.takeOrRenew());
    cluster.clock.pass(Duration.ofSeconds(14));
    assertFalse(next.takeOrRenew(), "counted from when it was first seen");
    assertTrue(killed.takeOrRenew(), "renewed in time");
    cluster.clock.pass(Duration.ofSeconds(14));
    assertFalse(next.takeOrRenew());
    cluster.clock.pass(Duration.ofSeconds(15));
    assertTrue(next.takeOrRenew());
    assertFalse(killed.takeOrRenew(), "it is another's now");
    assertEquals("next", spec().path("holderIdentity").asText());
    assertEquals(1, spec().path("leaseTransitions").asInt());
  }

  @Test
  void whoIsAloneOnTheStoreDoesNotWaitForTheDead() throws InterruptedException {
    assertTrue(lease("killed", false).takeOrRenew());
    var next = candidate("next", true);
    Await.until(next::isLeading);
    assertEquals("next", spec().path("holderIdentity").asText());
  }

  @Test
  void whoLosesTheLeaseEndsItsWorkAndMayBeginAnew() throws InterruptedException {
    var timing =
        new LeaderTiming(Duration.ofSeconds(1), Duration.ofMillis(40), Duration.ofMillis(10));
    var first = candidate("first", false, timing);
    Await.until(first::isLeading);
    var taken = cluster.client.get(Resources.LEASES, LEASE).deepCopy();
    taken.withObject("spec").put("holderIdentity", "thief");
    Await.until(() -> written(taken));
    Await.until(() -> !first.isLeading());
    Await.until(atWork::isEmpty);
    cluster.clock.pass(Duration.ofSeconds(2));
    Await.until(first::isLeading);
    assertEquals(List.of("first"), atWork);
  }

  @Test
  void timesThatCannotHoldAreRefused() {
    var second = Duration.ofSeconds(1);
    assertThrows(
        IllegalArgumentException.class, () -> new LeaderTiming(second, second, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LeaderTiming(second.multipliedBy(2), second, second));
  }

  /** Takes the lease away between two renewals. */
  private boolean written(com.fasterxml.jackson.databind.node.ObjectNode lease) {
    lease
        .withObject("metadata")
        .set(
            "resourceVersion",
            cluster.client.get(Resources.LEASES, LEASE).at("/metadata/resourceVersion"));
    try {
      cluster.client.update(Resources.LEASES, lease);
      return true;
    } catch (io.jkube.api.ApiException renewedMeanwhile) {
      return false;
    }
  }

  private JsonNode spec() {
    return cluster.client.get(Resources.LEASES, LEASE).path("spec");
  }

  private List<String> events() {
    return cluster.client.list(Resources.EVENTS, "kube-system", ListOptions.ALL).items().stream()
        .map(event -> event.path("reason").asText() + " " + event.path("message").asText())
        .toList();
  }

  private LeaderLease lease(String identity, boolean alone) {
    return new LeaderLease(
        cluster.client, LEASE, identity, cluster.clock, QUICK.leaseDuration(), alone);
  }

  private LeaderElector candidate(String identity, boolean alone) {
    return candidate(identity, alone, QUICK);
  }

  private LeaderElector candidate(String identity, boolean alone, LeaderTiming timing) {
    var elector =
        new LeaderElector(
            cluster.client,
            LEASE.name(),
            identity,
            cluster.clock,
            timing,
            alone,
            () -> {
              atWork.add(identity);
              return () -> atWork.remove(identity);
            });
    electors.add(elector.start());
    return elector;
  }
}
