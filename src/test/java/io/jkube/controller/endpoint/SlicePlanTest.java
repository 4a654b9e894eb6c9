package io.jkube.controller.endpoint;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SlicePlanTest {
  private static final ArrayNode PORTS =
      Json.array().add(json("{'name':'','protocol':'TCP','port':80}"));
  private final SliceOwner owner =
      new SliceOwner(
          ServiceLabels.SERVICE_KIND,
          json("{'metadata':{'name':'web','namespace':'team'}}"),
          json("{'a':'b'}"));

  @Test
  void aThousandEndpointsFillTenSlices() {
    var plan = plan(List.of(), endpoints(0, 1000));
    assertEquals(10, plan.creates().size());
    assertEquals(100, plan.creates().getLast().path("endpoints").size());
  }

  @Test
  void oneEndpointThatGoesAndOneThatComesTouchOneSlice() {
    var stored = plan(List.of(), endpoints(0, 1000)).creates();
    var next = new ArrayList<>(endpoints(0, 1000));
    next.remove(555);
    next.add(endpoint(2000));
    var plan = plan(stored, next);
    assertEquals(0, plan.creates().size());
    assertEquals(1, plan.updates().size());
    assertEquals(0, plan.deletes().size());
    assertEquals(100, plan.updates().getFirst().path("endpoints").size());
  }

  @Test
  void nothingToChangeWritesNothing() {
    var stored = plan(List.of(), endpoints(0, 150)).creates();
    assertEquals(new SlicePlan(List.of(), List.of(), List.of()), plan(stored, endpoints(0, 150)));
  }

  @Test
  void theLastEndpointLeavesOneEmptySlice() {
    var stored = plan(List.of(), endpoints(0, 150)).creates();
    var plan = SlicePlan.of(owner, stored, Map.of("IPv4", Map.of()));
    assertEquals(1, plan.deletes().size());
    assertEquals(0, plan.creates().size());
    assertEquals(0, plan.updates().getFirst().path("endpoints").size());
    assertEquals(
        new SlicePlan(List.of(), List.of(), List.of()),
        SlicePlan.of(owner, plan.updates(), Map.of("IPv4", Map.of())));
  }

  /** Who waits for it by its name must not find it gone. */
  @Test
  void theFirstEndpointComesIntoTheEmptySlice() {
    var empty = SlicePlan.of(owner, List.of(), Map.of("IPv4", Map.of())).creates();
    empty.getFirst().withObject("/metadata").put("name", "web-abcde");
    var plan = plan(empty, endpoints(0, 1));
    assertEquals(List.of(), plan.creates());
    assertEquals(List.of(), plan.deletes());
    var slice = plan.updates().getFirst();
    assertEquals("web-abcde", slice.at("/metadata/name").asText());
    assertEquals(PORTS, slice.path("ports"));
    assertEquals(1, slice.path("endpoints").size());
  }

  @Test
  void theSliceOfAnEarlierServiceIsNotTakenOver() {
    var stranger = SlicePlan.of(owner, List.of(), Map.of("IPv4", Map.of())).creates();
    stranger.getFirst().withObject("/metadata").withArray("ownerReferences").removeAll();
    stranger
        .getFirst()
        .withObject("/metadata")
        .withArray("ownerReferences")
        .addObject()
        .put("uid", "other")
        .put("controller", true);
    var plan = plan(stranger, endpoints(0, 1));
    assertEquals(1, plan.creates().size());
    assertEquals(1, plan.deletes().size());
  }

  private SlicePlan plan(List<ObjectNode> stored, List<ObjectNode> endpoints) {
    return SlicePlan.of(owner, stored, Map.of("IPv4", Map.of(PORTS, endpoints)));
  }

  private static List<ObjectNode> endpoints(int from, int to) {
    return IntStream.range(from, to).mapToObj(SlicePlanTest::endpoint).toList();
  }

  private static ObjectNode endpoint(int number) {
    return json(
        "{'addresses':['10.1."
            + number / 250
            + "."
            + number % 250
            + "'],'targetRef':{'uid':'u"
            + number
            + "'}}");
  }
}
