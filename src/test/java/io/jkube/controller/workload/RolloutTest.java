package io.jkube.controller.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.TestCluster;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far each set may go in one step. */
final class RolloutTest {
  /** Of 10 wanted: surge, unavailable, old (size/available), new (size/available), next of new. */
  @ParameterizedTest
  @CsvSource({
    "25%, 25%, 10, 10, 0, 0, 3",
    "1, 0, 10, 10, 0, 0, 1",
    "0, 1, 10, 10, 0, 0, 0",
    "0, 1, 9, 9, 0, 0, 1",
    "100%, 0, 10, 10, 0, 0, 10",
    "3, 0, 8, 8, 5, 5, 5",
    "3, 0, 7, 7, 5, 5, 6"
  })
  void theNewSetGrowsWithinTheSurge(
      String surge, String unavailable, int old, int oldUp, int now, int nowUp, int next) {
    var rollout =
        rollout(10, surge, unavailable, set("new", 1, now, nowUp), set("old", 0, old, oldUp));
    assertEquals(next, rollout.roomForCurrent());
  }

  /** Of 10 wanted: what the old sets shrink to, the oldest first. */
  @ParameterizedTest
  @CsvSource({
    "25%, 25%, 10, 10, 3, 0, 8",
    "25%, 25%, 8, 8, 5, 0, 8",
    "25%, 25%, 8, 8, 5, 5, 3",
    "0, 3, 10, 10, 0, 0, 7",
    "1, 0, 10, 10, 1, 0, 10",
    "1, 0, 10, 10, 1, 1, 9",
    "1, 0, 10, 8, 1, 1, 9"
  })
  void theOldSetShrinksWhileEnoughIsAvailable(
      String surge, String unavailable, int old, int oldUp, int now, int nowUp, int next) {
    var rollout =
        rollout(10, surge, unavailable, set("new", 1, now, nowUp), set("old", 0, old, oldUp));
    var down = rollout.nextOfOld();
    assertEquals(next, down.isEmpty() ? old : down.getFirst().replicas());
  }

  @Test
  void podsThatWereNeverAvailableGoFirst() {
    var rollout =
        rollout(10, "2", "2", set("new", 2, 2, 2), set("broken", 1, 2, 0), set("good", 0, 8, 8));
    assertEquals("good=6 broken=0", sizes(rollout.nextOfOld()));
  }

  @Test
  void withNeitherSurgeNorUnavailableOneMayBeUnavailable() {
    assertEquals(1, rollout(10, "0", "0", set("new", 1, 0, 0)).maxUnavailable());
    assertEquals(0, rollout(0, "0", "0", set("new", 1, 0, 0)).maxUnavailable());
  }

  @Test
  void anotherSizeIsSharedInProportion() {
    var now = set("new", 1, 5, 5);
    var old = set("old", 0, 8, 8);
    for (var set : List.of(now, old)) {
      set.withObject("metadata")
          .withObject("annotations")
          .put(Rollout.DESIRED, "10")
          .put(Rollout.MAX, "13");
    }
    var rollout = rollout(15, "3", "2", now, old);
    assertTrue(rollout.isBeingScaled());
    assertEquals("old=11 new=7", sizes(rollout.scaled()));
    var down = rollout(0, "3", "2", now, old);
    assertEquals("old=0 new=0", sizes(down.scaled()));
  }

  /** Else it would tell of the former size for ever, and nothing would roll on. */
  @Test
  void aSetThatKeepsItsNumberIsToldOfTheOtherSize() {
    var now = set("new", 1, 2, 2);
    var old = set("old", 0, 5, 5);
    for (var set : List.of(now, old)) {
      set.withObject("metadata")
          .withObject("annotations")
          .put(Rollout.DESIRED, "6")
          .put(Rollout.MAX, "7");
    }
    var rollout = rollout(5, "2", "1", now, old);
    assertEquals("old=5 new=2", sizes(rollout.scaled()));
    for (var set : List.of(now, old)) {
      ReplicaSetRevisions.annotateSize(set, rollout);
    }
    assertFalse(rollout(5, "2", "1", now, old).isBeingScaled());
  }

  @Test
  void aSetOfTheSameTemplateIsTheCurrentOneWhateverItsHash() {
    var same = set("same", 0, 1, 1);
    same.withObject("spec")
        .withObject("template")
        .withObject("metadata")
        .withObject("labels")
        .put("pod-template-hash", "x");
    var rollout = Rollout.of(deployment(1, "1", "1"), List.of(set("other", 1, 0, 0), same));
    assertEquals("same", Rollout.name(rollout.current().orElseThrow()));
    assertFalse(rollout.isBeingScaled());
  }

  /** The first is of the present template. */
  private static Rollout rollout(int wanted, String surge, String unavailable, ObjectNode... sets) {

    return Rollout.of(deployment(wanted, surge, unavailable), List.of(sets));
  }

  private static ObjectNode deployment(int wanted, String surge, String unavailable) {
    var deployment =
        TestCluster.json(
            "{'metadata':{'name':'web'},'spec':{'replicas':%d,'strategy':{'type':'RollingUpdate'},"
                    .formatted(wanted)
                + "'template':{'metadata':{'labels':{'app':'web'}}}}}");
    var rolling = deployment.withObject("spec").withObject("strategy").putObject("rollingUpdate");
    put(rolling, "maxSurge", surge);
    put(rolling, "maxUnavailable", unavailable);
    return deployment;
  }

  private static void put(ObjectNode rolling, String field, String value) {
    if (value.endsWith("%")) {
      rolling.put(field, value);
    } else {
      rolling.put(field, Integer.parseInt(value));
    }
  }

  private static ObjectNode set(String name, int age, int size, int available) {
    var template =
        name.equals("same")
            ? "'labels':{'app':'web'}"
            : "'labels':{'app':'web','v':'" + name + "'}";
    if (name.equals("new")) {
      template = "'labels':{'app':'web'}";
    }
    return TestCluster.json(
        ("{'metadata':{'name':'%s','creationTimestamp':'2026-01-01T00:00:0%dZ'},'spec':{'replicas':%d,"
                + "'template':{'metadata':{%s}}},'status':{'availableReplicas':%d}}")
            .formatted(name, age, size, template, available));
  }

  private static String sizes(List<Rollout.Scale> scales) {
    return scales.stream()
        .map(scale -> Rollout.name(scale.set()) + "=" + scale.replicas())
        .collect(Collectors.joining(" "));
  }
}
