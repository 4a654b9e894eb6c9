package io.jkube.controller.workload;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The arithmetic of StatefulSets. Pods are written as ordinal, revision and state: {@code 0a+} is
 * web-0 of revision a and available, {@code -} not available, {@code x} ended, {@code d} being
 * deleted, {@code s} ready for a few seconds.
 */
final class StatefulPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest(name = "{0} of {1}: make {2}, delete {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "'replicas':3                       |             | 0     | none",
        "'replicas':3                       | 0b-         | none  | none",
        "'replicas':3                       | 0b+         | 1     | none",
        "'replicas':3                       | 0b+ 2b+     | 1     | none",
        "'replicas':3                       | 0b+ 1bd     | none  | none",
        "'replicas':3                       | 0b+ 1bx 2b+ | none  | 1",
        "'replicas':3,'minReadySeconds':9   | 0bs         | none  | none",
        "'replicas':3,'minReadySeconds':2   | 0bs         | 1     | none",
        "'replicas':2,'ordinals':{'start':5}| 5b+         | 6     | none",
        "'replicas':2,'ordinals':{'start':1}| 0b+ 1b+ 2b+ | none  | 0",
        "'replicas':3,PARALLEL              | 1b-         | 0 2   | none",
        "'replicas':3,PARALLEL              | 0bx 1b-     | 2     | 0",
        "'replicas':1                       | 0b+ 1b+ 2b+ | none  | 2",
        "'replicas':1                       | 0b+ 1b+ 2bd | none  | none",
        "'replicas':1                       | 0b+ 1b- 2b+ | none  | 2",
        "'replicas':1                       | 0b+ 1b- 2b- | none  | none",
        "'replicas':1                       | 0b+ 1b+ 2b- | none  | 2",
        "'replicas':1                       | 0b- 1b+ 2b+ | none  | none",
        "'replicas':1,PARALLEL              | 0b- 1b- 2b+ | none  | 2 1",
        "'replicas':0                       | 0b+ 1b+     | none  | 1",
      })
  void fillsAndShrinks(String spec, String pods, String create, String delete) {
    assertPlan(spec, pods, create, delete);
  }

  @ParameterizedTest(name = "{0} of {1}: delete {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "'replicas':3,ROLLING{}                             | 0a+ 1a+ 2a+ | 2",
        "'replicas':3,ROLLING{}                             | 0a+ 1a+ 2b+ | 1",
        "'replicas':3,ROLLING{}                             | 0a+ 1a+ 2b- | none",
        "'replicas':3,ROLLING{'partition':2}                | 0a+ 1a+ 2a+ | 2",
        "'replicas':3,ROLLING{'partition':2}                | 0a+ 1a+ 2b+ | none",
        "'replicas':3,ROLLING{'partition':9}                | 0a+ 1a+ 2a+ | none",
        "'replicas':3,'ordinals':{'start':4},ROLLING{'partition':2} | 4a+ 5a+ 6a+ | 6",
        "'replicas':3,ROLLING{'maxUnavailable':2}           | 0a+ 1a+ 2a+ | 2 1",
        "'replicas':5,ROLLING{'maxUnavailable':'50%'}       | 0a+ 1a+ 2a+ 3a+ 4a+ | 4 3",
        "'replicas':5,ROLLING{'maxUnavailable':'10%'}       | 0a+ 1a+ 2a+ 3a+ 4a+ | 4",
        "'replicas':3,PARALLEL,ROLLING{'maxUnavailable':2}  | 0a+ 1a+ 2b- | 1",
        "'replicas':3,PARALLEL,ROLLING{'maxUnavailable':2}  | 0a+ 1b- 2b- | none",
        "'replicas':3,PARALLEL,ROLLING{}                    | 0a- 1a+ 2a+ | 0",
        "'replicas':3,PARALLEL,ROLLING{}                    | 0a+ 1a+ 2ad | none",
        "'replicas':3,'updateStrategy':{'type':'OnDelete'}  | 0a+ 1a+ 2a+ | none",
      })
  void replacesFromTheHighestOrdinal(String spec, String pods, String delete) {
    assertPlan(spec, pods, null, delete);
  }

  private static void assertPlan(String spec, String pods, String create, String delete) {
    var text =
        spec.replace("PARALLEL", "'podManagementPolicy':'Parallel'")
            .replaceFirst(
                "ROLLING(\\{.*?})",
                "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':\\$1}"
                    .replace("\\$", "$"));
    var set = json("{'metadata':{'name':'web'},'spec':{" + text + "}}");
    var plan = StatefulPlan.of(set, pods(pods), "b", NOW);
    assertEquals(list(create), plan.create());
    assertEquals(
        list(delete),
        plan.delete().stream().map(pod -> StatefulIdentity.ordinal(set, pod)).toList());
  }

  private static List<Integer> list(String numbers) {
    return numbers == null
        ? List.of()
        : List.of(numbers.trim().split(" ")).stream().map(Integer::valueOf).toList();
  }

  private static List<ObjectNode> pods(String text) {
    var pods = new ArrayList<ObjectNode>();
    for (var each : text == null || text.isBlank() ? new String[0] : text.trim().split(" ")) {
      char state = each.charAt(2);
      var pod = json("{'metadata':{'name':'web-" + each.charAt(0) + "'}}");
      pod.withObject("metadata")
          .withObject("labels")
          .put(RevisionHistory.POD_LABEL, each.substring(1, 2));
      if (state == 'd') {
        pod.withObject("metadata").put("deletionTimestamp", NOW.toString());
      }
      var status = pod.putObject("status").put("phase", state == 'x' ? "Failed" : "Running");
      status
          .putArray("conditions")
          .addObject()
          .put("type", "Ready")
          .put("status", state == '-' || state == 'x' ? "False" : "True")
          .put("lastTransitionTime", NOW.minusSeconds(state == 's' ? 5 : 5000).toString());
      pods.add(pod);
    }
    return pods;
  }
}
