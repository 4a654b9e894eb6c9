package io.jkube.controller.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.Conditions;
import io.jkube.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of two servers on one store one runs the controllers. Whenever it is killed the other goes on
 * where it was, and does nothing a second time.
 */
@Timeout(120)
final class FailoverTest {
  private static final ObjectKey LEASE = new ObjectKey("kube-system", "kube-controller-manager");
  private static final int KILLS = 3;
  private static final int REPLICAS = 6;
  private static final int COMPLETIONS = 12;
  private static final int INDEXES = 8;
  private static final int ALL = REPLICAS + REPLICAS + COMPLETIONS + INDEXES;

  private final Map<String, String> ownerByUid = new ConcurrentHashMap<>();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatTheOneHasDoneTheOtherDoesNotDoAgain(long seed) throws Exception {
    var none = new Faults(seed);
    none.end();
    try (var cluster = new TestCluster();
        var nodes = new FakeNodes(cluster);
        var seen = Informer.of(cluster.client, Resources.PODS).build()) {
      var scenario = new Scenario(cluster, seed);
      scenario.prepare();
      nodes.start();
      seen.addHandler(ObjectHandler.onEvery((key, pod) -> note(pod))).start();
      wish(scenario);
      var random = new Random(seed);
      var candidates =
          new ArrayList<>(
              List.of(new Candidate(cluster, "a", none), new Candidate(cluster, "b", none)));
      try {
        for (int kill = 1; kill <= KILLS; kill++) {
          int pods = random.nextInt(ALL * kill / KILLS);
          Await.until(() -> ownerByUid.size() >= pods && isLed(candidates));
          var leader = candidates.stream().filter(Candidate::isLeading).findFirst().orElseThrow();
          leader.kill();
          candidates.remove(leader);
          candidates.add(new Candidate(cluster, "c" + kill, none));
          Await.until(
              () -> {
                if (!isHeld(cluster, candidates)) {
                  scenario.pass(Duration.ofSeconds(1));
                }
                return isLed(candidates);
              });
        }
        Await.until(
            () -> {
              scenario.pass(Duration.ofMillis(10)); // what failed is tried again by that clock
              return isDone(cluster);
            });
      } finally {
        for (var candidate : candidates) {
          candidate.close();
        }
      }
      assertEquals(
          Map.of("web", REPLICAS, "db", REPLICAS, "many", COMPLETIONS, "indexed", INDEXES),
          counts(),
          "seed " + seed);
    }
  }

  /** Whether the lease is that of one who lives; it may still be at making its controllers. */
  private static boolean isHeld(TestCluster cluster, List<Candidate> candidates) {
    var holder = cluster.client.get(Resources.LEASES, LEASE).at("/spec/holderIdentity").asText();
    return candidates.stream().anyMatch(each -> each.identity().equals(holder));
  }

  private static boolean isLed(List<Candidate> candidates) {
    long leaders = candidates.stream().filter(Candidate::isLeading).count();
    assertTrue(leaders <= 1, "both lead");
    return leaders == 1;
  }

  private static void wish(Scenario scenario) {
    scenario.workload(Scenario.DEPLOYMENTS, "web", "'replicas':" + REPLICAS);
    scenario.workload(
        Scenario.STATEFUL_SETS,
        "db",
        "'serviceName':'db','podManagementPolicy':'Parallel','replicas':" + REPLICAS);
    scenario.job("many", "well", "'completions':" + COMPLETIONS + ",");
    scenario.job("indexed", "well", "'completionMode':'Indexed','completions':" + INDEXES + ",");
  }

  private static boolean isDone(TestCluster cluster) {
    return cluster
                .client
                .get(Scenario.DEPLOYMENTS, key("web"))
                .at("/status/availableReplicas")
                .asInt()
            == REPLICAS
        && cluster
                .client
                .get(Scenario.STATEFUL_SETS, key("db"))
                .at("/status/availableReplicas")
                .asInt()
            == REPLICAS
        && isComplete(cluster, "many")
        && isComplete(cluster, "indexed");
  }

  private static boolean isComplete(TestCluster cluster, String job) {
    return Conditions.status(cluster.client.get(Scenario.JOBS, key(job)), "Complete")
        .equals("True");
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Scenario.TEAM, name);
  }

  private void note(ObjectNode pod) {
    var labels = pod.path("metadata").path("labels");
    ownerByUid.put(
        pod.at("/metadata/uid").asText(),
        labels.path("app").asText(labels.path("job-name").asText()));
  }

  /** How many pods there ever were, by what they belong to. */
  private Map<String, Integer> counts() {
    var counts = new TreeMap<String, Integer>();
    ownerByUid.values().forEach(owner -> counts.merge(owner, 1, Integer::sum));
    return counts;
  }
}
