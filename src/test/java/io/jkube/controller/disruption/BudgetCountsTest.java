package io.jkube.controller.disruption;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of budgets: pods are {@code +} ready, {@code -} not, {@code d} being deleted. */
final class BudgetCountsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest(name = "{0} of {1}, scale {2}: expected {3}, desired {4}, allowed {5}")
  @CsvSource({
    "'minAvailable':2, +++, 9, 3, 2, 1",
    "'minAvailable':2, ++-, 9, 3, 2, 0",
    "'minAvailable':2, ++d, 9, 3, 2, 0",
    "'minAvailable':0, +, 9, 1, 0, 1",
    "'minAvailable':'50%', +++++, 5, 5, 3, 2",
    "'minAvailable':'100%', +++, 3, 3, 3, 0",
    "'maxUnavailable':1, +++, 3, 3, 2, 1",
    "'maxUnavailable':1, ++-, 3, 3, 2, 0",
    "'maxUnavailable':'34%', +++, 3, 3, 1, 2",
    "'maxUnavailable':5, +++, 3, 3, 0, 3",
    "'maxUnavailable':1, +, 0, 0, 0, 0",
  })
  void countsAsTheSpecSays(
      String spec, String pods, int scale, int expected, int desired, int allowed) {
    var counts = BudgetCounts.of(budget(spec, "{}"), pods(pods), scale, NOW);
    assertEquals(expected, counts.expected());
    assertEquals(desired, counts.desired());
    assertEquals(allowed, counts.allowed());
  }

  @Test
  void anAllowedEvictionCountsForTwoMinutes() {
    var status = "{'disruptedPods':{'p0':'2026-01-02T03:03:05Z','p1':'2026-01-02T03:01:05Z'}}";
    var counts = BudgetCounts.of(budget("'minAvailable':1", status), pods("+++"), 0, NOW);
    assertEquals(1, counts.allowed());
    assertEquals(List.of("p0"), List.copyOf(counts.disrupted().keySet()));
    assertEquals(NOW.plusSeconds(60), counts.nextLook().orElseThrow());
  }

  private static ObjectNode budget(String spec, String status) {
    return json("{'metadata':{'generation':1},'spec':{" + spec + "},'status':" + status + "}");
  }

  private static List<ObjectNode> pods(String states) {
    var pods = new ArrayList<ObjectNode>();
    for (char state : states.toCharArray()) {
      var pod =
          json(
              "{'metadata':{'name':'p%d'},'status':{'conditions':[{'type':'Ready','status':'%s'}]}}"
                  .formatted(pods.size(), state == '-' ? "False" : "True"));
      if (state == 'd') {
        pod.withObject("metadata").put("deletionTimestamp", NOW.toString());
      }
      pods.add(pod);
    }
    return pods;
  }
}
