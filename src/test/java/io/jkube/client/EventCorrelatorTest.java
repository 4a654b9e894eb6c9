package io.jkube.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EventCorrelatorTest {
  private static final ObjectReference POD =
      new ObjectReference("v1", "Pod", "shop", "web", "uid-1", "7", "spec.containers{app}");

  private final EventCorrelator correlator = new EventCorrelator("kubelet", "node-1");
  private Instant now = Instant.parse("2026-01-01T00:00:00.123456789Z");

  @Test
  void theFirstIsAWholeEvent() {
    var event = first(seen("Pulled", "image is there"));
    assertEquals("web.18867251f555cd15", event.path("metadata").path("name").asText());
    assertEquals("shop", event.path("metadata").path("namespace").asText());
    assertEquals(POD.tree(), event.path("involvedObject"));
    assertEquals("2026-01-01T00:00:00Z", event.path("firstTimestamp").asText());
    assertEquals("2026-01-01T00:00:00Z", event.path("lastTimestamp").asText());
    assertEquals(1, event.path("count").asInt());
    assertEquals("kubelet", event.path("source").path("component").asText());
    assertEquals("node-1", event.path("source").path("host").asText());
    assertEquals("kubelet", event.path("reportingComponent").asText());
  }

  @Test
  void anEventOfAClusterScopedObjectIsInDefault() {
    var node = new ObjectReference("v1", "Node", "", "node-1", "node-1", "", "");
    var event = first(new SeenEvent(node, "Normal", "NodeReady", "ready", now));
    assertEquals("default", event.path("metadata").path("namespace").asText());
  }

  @Test
  void theSameAgainRaisesTheCount() {
    first(seen("BackOff", "restarting"));
    now = now.plusSeconds(60);
    var again = assertInstanceOf(EventCorrelator.Again.class, see("BackOff", "restarting"));
    assertEquals(new ObjectKey("shop", "web.first"), again.key());
    assertEquals(2, again.change().path("count").asInt());
    assertEquals("2026-01-01T00:01:00Z", again.change().path("lastTimestamp").asText());
    see("BackOff", "restarting");
    again = assertInstanceOf(EventCorrelator.Again.class, see("BackOff", "restarting"));
    assertEquals(4, again.change().path("count").asInt());
  }

  @Test
  void anotherMessageOrReasonIsAnotherEvent() {
    first(seen("Failed", "no such image"));
    assertInstanceOf(EventCorrelator.First.class, see("Failed", "no such tag"));
    assertInstanceOf(EventCorrelator.First.class, see("BackOff", "no such image"));
  }

  @Test
  void afterTenDifferentMessagesTheRestIsCombined() {
    for (int i = 0; i < 10; i++) {
      first(seen("Failed", "message " + i));
    }
    var combined = first(seen("Failed", "message 10"));
    assertEquals("(combined from similar events): message 10", combined.path("message").asText());
    var again = assertInstanceOf(EventCorrelator.Again.class, see("Failed", "message 11"));
    assertEquals(
        "(combined from similar events): message 11", again.change().path("message").asText());
  }

  @Test
  void tenMinutesLaterMessagesStandForThemselvesAgain() {
    for (int i = 0; i < 11; i++) {
      first(seen("Failed", "message " + i));
    }
    now = now.plus(Duration.ofMinutes(11));
    assertEquals("fresh", first(seen("Failed", "fresh")).path("message").asText());
  }

  @Test
  void anObjectThatFloodsIsHeldToItsRate() {
    for (int i = 0; i < 25; i++) {
      assertNotEquals(EventCorrelator.Dropped.class, see("BackOff", "again").getClass());
    }
    assertInstanceOf(EventCorrelator.Dropped.class, see("BackOff", "again"));
    now = now.plus(Duration.ofMinutes(5));
    assertNotEquals(EventCorrelator.Dropped.class, see("BackOff", "again").getClass());
    assertInstanceOf(EventCorrelator.Dropped.class, see("BackOff", "again"));
  }

  @Test
  void whatTheServerLostIsAFirstOneAgain() {
    var seen = seen("BackOff", "restarting");
    first(seen);
    correlator.forget(seen);
    assertInstanceOf(EventCorrelator.First.class, see("BackOff", "restarting"));
  }

  private SeenEvent seen(String reason, String message) {
    return new SeenEvent(POD, "Warning", reason, message, now);
  }

  private EventCorrelator.Outcome see(String reason, String message) {
    return correlator.correlate(seen(reason, message));
  }

  /** Correlates a first event and tells the correlator that it now stands under a short name. */
  private ObjectNode first(SeenEvent seen) {
    var first = assertInstanceOf(EventCorrelator.First.class, correlator.correlate(seen));
    var stored = first.event().deepCopy();
    stored.withObject("/metadata").put("name", "web.first");
    correlator.written(first, stored);
    return first.event();
  }
}
