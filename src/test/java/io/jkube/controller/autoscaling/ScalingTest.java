package io.jkube.controller.autoscaling;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.controller.autoscaling.MeasuredPods.Use;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of autoscaling. */
final class ScalingTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest(name = "{0} of {1} ready, {2} missing, {3} unready at {4}% of 50%: {5}")
  @CsvSource({
    "3,3,0,0,50,3",
    "3,3,0,0,54,3",
    "3,3,0,0,100,6",
    "3,3,0,0,60,4",
    "4,4,0,0,20,2",
    "4,4,0,0,0,0",
    "4,2,2,0,10,4",
    "4,2,2,0,200,8",
    "4,2,2,0,60,4",
    "4,2,0,2,200,8",
    "4,2,0,2,10,1",
    "4,2,0,2,80,4",
  })
  void unknownPodsMakeItCautious(
      int current, int ready, int missing, int unready, int percent, int needed) {
    var pods =
        new MeasuredPods(
            Collections.nCopies(ready, new Use(percent * 10L, 1000)),
            Collections.nCopies(missing, new Use(0, 1000)),
            Collections.nCopies(unready, new Use(0, 1000)));
    assertEquals(needed, pods.needed(current, 50, new MeasuredPods.Tolerance(0.1, 0.1)));
  }

  @ParameterizedTest(name = "{0}, from {1}, wanted {2}: {3} {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{}                                                             | 1  | 9  | 5  | ScaleUpLimit",
        "{}                                                             | 6  | 9  | 9  | none",
        "{}                                                             | 9  | 40 | 10 | TooManyReplicas",
        "{'scaleUp':{'selectPolicy':'Disabled','policies':[]}}          | 3  | 9  | 3  | ScaleUpLimit",
        "{'scaleUp':{'selectPolicy':'Min','policies':[{'type':'Pods','value':2,'periodSeconds':60},{'type':'Percent','value':100,'periodSeconds':60}]}} | 5 | 9 | 7 | ScaleUpLimit",
        "{'scaleDown':{'stabilizationWindowSeconds':0}}                 | 9  | 0  | 2  | TooFewReplicas",
        "{'scaleDown':{'stabilizationWindowSeconds':0,'policies':[{'type':'Percent','value':10,'periodSeconds':60}]}} | 10 | 2 | 9 | ScaleDownLimit",
        "{'scaleDown':{'stabilizationWindowSeconds':0,'selectPolicy':'Min','policies':[{'type':'Pods','value':1,'periodSeconds':60},{'type':'Percent','value':50,'periodSeconds':60}]}} | 8 | 2 | 7 | ScaleDownLimit",
      })
  void policiesLimitTheStep(String behavior, int current, int wanted, int replicas, String limit) {
    var spec = json("{'minReplicas':2,'maxReplicas':10,'behavior':" + behavior + "}");
    var verdict = new ScalingPace().pace(spec, current, wanted, NOW);
    assertEquals(replicas, verdict.replicas());
    assertEquals(limit == null ? "" : limit, verdict.limitedReason());
  }

  @Test
  void itShrinksOnlyWhenThatWasRightForFiveMinutes() {
    var pace = new ScalingPace();
    var spec = json("{'minReplicas':1,'maxReplicas':10}");
    assertEquals(8, pace.pace(spec, 8, 8, NOW).replicas());
    var held = pace.pace(spec, 8, 3, NOW.plusSeconds(60));
    assertEquals(8, held.replicas());
    assertEquals("ScaleDownStabilized", held.ableReason());
    assertEquals(3, pace.pace(spec, 8, 3, NOW.plusSeconds(301)).replicas());
  }

  @Test
  void whatWasAddedInThePeriodCountsAgainstItsPolicy() {
    var pace = new ScalingPace();
    var policy = "{'scaleUp':{'policies':[{'type':'Pods','value':4,'periodSeconds':60}]}}";
    var spec = json("{'minReplicas':1,'maxReplicas':20,'behavior':" + policy + "}");
    assertEquals(6, pace.pace(spec, 2, 20, NOW).replicas());
    pace.note(2, 6, NOW);
    assertEquals(6, pace.pace(spec, 6, 20, NOW.plusSeconds(30)).replicas());
    assertEquals(10, pace.pace(spec, 6, 20, NOW.plusSeconds(61)).replicas());
  }

  @Test
  void useIsToldInPercentAndOnAverage() {
    var pods =
        new MeasuredPods(List.of(new Use(300, 1000), new Use(200, 1000)), List.of(), List.of());
    assertEquals(25, pods.percentUsed());
    assertEquals(250, pods.averageUsed());
  }
}
