package io.jkube.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.PodInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SchedulingQueueTest {
  private static final Set<String> NO_ROOM = Set.of("NodeResourcesFit");

  private Instant now = Instant.EPOCH;
  private final SchedulingQueue queue =
      new SchedulingQueue(PluginList.standard(null, java.util.List::of, null), () -> now);

  @Test
  void theHigherPriorityComesFirstThenTheOlder() {
    queue.put(pod("old", 0));
    now = now.plusMillis(1);
    queue.put(pod("new", 0));
    queue.put(pod("urgent", 10));
    assertEquals("urgent", taken().uid());
    assertEquals("old", taken().uid());
    assertEquals("new", taken().uid());
  }

  @Test
  void theBackoffDoublesFromOneSecondToTen() {
    queue.put(pod("p", 0));
    for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
      queue.failed(taken());
      now = now.plusSeconds(seconds).minusMillis(1);
      assertTrue(queue.poll().isEmpty());
      now = now.plusMillis(1);
    }
    taken();
  }

  @Test
  void onlyAnEventThatMayHelpMovesAnUnschedulablePod() {
    queue.put(pod("p", 0));
    queue.unschedulable(taken(), NO_ROOM);
    now = now.plusSeconds(20);
    queue.moveOn(Set.of(ClusterEvent.NODE_LABELS_CHANGED));
    assertTrue(queue.poll().isEmpty());
    queue.moveOn(Set.of(ClusterEvent.ASSIGNED_POD_GONE));
    taken();
  }

  @Test
  void anEventDuringTheTryIsNotMissed() {
    queue.put(pod("p", 0));
    var inFlight = taken();
    queue.moveOn(Set.of(ClusterEvent.NODE_ADDED));
    queue.unschedulable(inFlight, NO_ROOM);
    now = now.plusSeconds(1);
    taken();
  }

  @Test
  void anUnschedulablePodIsTriedAgainAfterFiveMinutes() {
    queue.put(pod("p", 0));
    queue.unschedulable(taken(), NO_ROOM);
    now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
    assertTrue(queue.poll().isEmpty());
    now = now.plusMillis(1);
    taken();
  }

  private QueuedPod taken() {
    return queue.poll().orElseThrow();
  }

  private static PodInfo pod(String name, int priority) {
    var text =
        "{'metadata':{'name':'%s','namespace':'default','uid':'%s'},'spec':{'priority':%d}}"
            .formatted(name, name, priority);
    return PodInfo.of(Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
