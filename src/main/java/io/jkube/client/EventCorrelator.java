package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns what was seen into Events: the same again raises a count, more than ten similar ones within
 * ten minutes become one "combined from similar events", and an object that makes a flood is held
 * to a rate. The numbers are those of client-go's event correlator. For one thread.
 */
final class EventCorrelator {
  private static final int REMEMBERED = 4096;
  private static final int SIMILAR_BEFORE_COMBINED = 10;
  private static final Duration SIMILAR_WINDOW = Duration.ofMinutes(10);
  private static final int BURST_PER_OBJECT = 25;
  private static final Duration REFILL_OF_ONE = Duration.ofMinutes(5);

  /** What to do about an event. */
  sealed interface Outcome {}

  record First(SeenEvent seen, ObjectNode event) implements Outcome {}

  record Again(ObjectKey key, ObjectNode change) implements Outcome {}

  record Dropped(String why) implements Outcome {}

  private record Same(String about, String fieldPath, String type, String reason, String message) {}

  private record Similar(String about, String type, String reason) {}

  private record Written(ObjectKey key, int count) {}

  private record Messages(Instant since, Set<String> distinct) {}

  private record Allowance(double tokens, Instant at) {}

  private final String component;
  private final String host;
  private final Map<Same, Written> written = new Newest<>(REMEMBERED);
  private final Map<Similar, Messages> similar = new Newest<>(REMEMBERED);
  private final Map<String, Allowance> allowances = new Newest<>(REMEMBERED);

  EventCorrelator(String component, String host) {
    this.component = component;
    this.host = host;
  }

  Outcome correlate(SeenEvent seen) {
    if (!allowed(seen)) {
      return new Dropped(seen.reason() + " of " + seen.about().name() + " comes too often");
    }
    var combined = combine(seen);
    var before = written.get(same(combined));
    if (before == null) {
      return new First(combined, event(combined));
    }
    int count = before.count + 1;
    written.put(same(combined), new Written(before.key, count));
    var change = Json.object().put("count", count).put("lastTimestamp", seconds(seen.time()));
    return new Again(before.key, change.put("message", combined.message()));
  }

  /** The first of its kind now stands on the server: the next one raises its count. */
  void written(First first, ObjectNode event) {
    written.put(same(first.seen()), new Written(Json.key(event), 1));
  }

  /** The Event may be gone from the server: the next one is a first one again. */
  void forget(SeenEvent seen) {
    written.remove(same(seen));
    written.remove(same(combined(seen)));
  }

  private SeenEvent combine(SeenEvent seen) {
    var key = new Similar(identity(seen.about()), seen.type(), seen.reason());
    var messages = similar.get(key);
    if (messages == null || messages.since.plus(SIMILAR_WINDOW).isBefore(seen.time())) {
      messages = new Messages(seen.time(), new HashSet<>());
      similar.put(key, messages);
    }
    if (messages.distinct.size() < SIMILAR_BEFORE_COMBINED) {
      messages.distinct.add(seen.message());
      return seen;
    }
    return messages.distinct.contains(seen.message()) ? seen : combined(seen);
  }

  private static SeenEvent combined(SeenEvent seen) {
    return seen.withMessage("(combined from similar events): " + seen.message());
  }

  private boolean allowed(SeenEvent seen) {
    var key = identity(seen.about());
    var last = allowances.getOrDefault(key, new Allowance(BURST_PER_OBJECT, seen.time()));
    double refilled =
        (double) Duration.between(last.at, seen.time()).toMillis() / REFILL_OF_ONE.toMillis();
    double tokens = Math.min(BURST_PER_OBJECT, last.tokens + Math.max(0, refilled));
    boolean allowed = tokens >= 1;
    allowances.put(key, new Allowance(allowed ? tokens - 1 : tokens, seen.time()));
    return allowed;
  }

  private ObjectNode event(SeenEvent seen) {
    var about = seen.about();
    var namespace = about.namespace().isEmpty() ? "default" : about.namespace();
    var event = Json.object().put("kind", "Event").put("apiVersion", "v1");
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, seen.time());
    event
        .putObject("metadata")
        .put("name", about.name() + "." + Long.toHexString(nanos))
        .put("namespace", namespace);
    event.set("involvedObject", about.tree());
    event.put("reason", seen.reason()).put("message", seen.message());
    var source = event.putObject("source").put("component", component);
    if (!host.isEmpty()) {
      source.put("host", host);
    }
    var time = seconds(seen.time());
    event.put("firstTimestamp", time).put("lastTimestamp", time).put("count", 1);
    event.put("type", seen.type()).putNull("eventTime");
    return event.put("reportingComponent", component).put("reportingInstance", host);
  }

  private static Same same(SeenEvent seen) {
    var message = seen.message().startsWith("(combined from similar events)") ? "" : seen.message();
    return new Same(
        identity(seen.about()), seen.about().fieldPath(), seen.type(), seen.reason(), message);
  }

  private static String identity(ObjectReference about) {
    return String.join("/", about.kind(), about.namespace(), about.name(), about.uid());
  }

  private static String seconds(Instant time) {
    return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Forgets what was not used for longest. */
  private static final class Newest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private final int most;

    Newest(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
