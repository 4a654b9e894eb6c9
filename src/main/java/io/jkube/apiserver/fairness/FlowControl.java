package io.jkube.apiserver.fairness;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.SettledKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Gives each request a seat on its priority level. Thread-safe. */
public final class FlowControl {
  /** How many requests run at a time, over all levels: upstream's 400 and 200 changing ones. */
  public static final int SEATS = 600;

  /** How long a request waits for a seat: upstream's, a quarter of a minute. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /** What takes no seat, as nobody knows how long it goes on. */
  private static final Set<String> STREAMS =
      Set.of("attach", "exec", "log", "portforward", "proxy");

  private final SettledKind schemas;
  private final SettledKind levels;
  private final int seats;
  private final Duration longestWait;
  private final Map<String, PriorityLevel> levelsByName = new ConcurrentHashMap<>();
  private final Map<CountKey, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile Snapshot snapshot;

  /** A FlowSchema with its level. */
  private record Lane(FlowMatcher schema, PriorityLevel level, LongAdder dispatched) {}

  private record Snapshot(long schemas, long levels, List<Lane> lanes) {}

  private record CountKey(String schema, String level, String outcome) {}

  public FlowControl(SettledKind schemas, SettledKind levels, int seats, Duration longestWait) {
    this.schemas = schemas;
    this.levels = levels;
    this.seats = seats;
    this.longestWait = longestWait;
  }

  /**
   * Waits for the request's turn.
   *
   * @param classified is told where the request was put, also where it is then refused
   * @throws ApiException TooManyRequests when it does not get one in time
   */
  public Seat admit(UserInfo user, RequestInfo info, Consumer<Flow> classified) {
    if (info.resourceRequest() && STREAMS.contains(firstWord(info.subresource()))) {
      return Seat.NONE;
    }
    var lane = lane(user, info);
    var level = lane.level();
    classified.accept(new Flow(lane.schema().uid(), level.shape().uid()));
    var outcome = take(lane, user, info);
    if (outcome != PriorityLevel.Outcome.SEATED) {
      count(lane, outcome).increment();
      throw refusal();
    }
    lane.dispatched().increment();
    return level::release;
  }

  private PriorityLevel.Outcome take(Lane lane, UserInfo user, RequestInfo info) {
    if (lane.level().takeAtOnce()) {
      return PriorityLevel.Outcome.SEATED;
    }
    var flow = lane.schema().name() + '\0' + lane.schema().flowOf(user, info);
    try {
      return lane.level().take(ShuffleShard.hash(flow), longestWait);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the server is stopping");
    }
  }

  private static String firstWord(String subresource) {
    int slash = subresource.indexOf('/');
    return slash < 0 ? subresource : subresource.substring(0, slash);
  }

  private static ApiException refusal() {
    var details = Json.object().put("retryAfterSeconds", 1);
    return new ApiException(
        StatusReason.TOO_MANY_REQUESTS, "too many requests, please try again later", details);
  }

  private Lane lane(UserInfo user, RequestInfo info) {
    var lanes = snapshot().lanes();
    for (var lane : lanes) {
      if (lane.schema().matches(user, info)) {
        return lane;
      }
    }
    return lanes.getLast(); // catch-all is the last in any case
  }

  private Snapshot snapshot() {
    var now = snapshot;
    return now != null && now.schemas() == schemas.revision() && now.levels() == levels.revision()
        ? now
        : read();
  }

  private synchronized Snapshot read() {
    long schemaRevision = schemas.revision();
    long levelRevision = levels.revision();
    readLevels();
    var matchers = new ArrayList<FlowMatcher>();
    schemas.list("").forEach(each -> matchers.add(FlowMatcher.of(each.tree())));
    for (var mandatory : BootstrapFlows.mandatorySchemas()) {
      if (matchers.stream()
          .noneMatch(each -> each.name().equals(text(mandatory, "/metadata/name")))) {
        matchers.add(FlowMatcher.of(mandatory));
      }
    }
    matchers.sort(
        Comparator.comparingInt(FlowMatcher::precedence).thenComparing(FlowMatcher::name));
    var lanes =
        matchers.stream()
            .filter(each -> levelsByName.containsKey(each.level()))
            .map(this::lane)
            .toList();
    var next = new Snapshot(schemaRevision, levelRevision, lanes);
    snapshot = next;
    return next;
  }

  private Lane lane(FlowMatcher schema) {
    var level = levelsByName.get(schema.level());
    return new Lane(schema, level, counter(schema.name(), level.name(), ""));
  }

  /** Seats by shares, rounded up, as upstream has it. */
  private void readLevels() {
    var configured = new HashMap<String, ObjectNode>();
    BootstrapFlows.mandatoryLevels().forEach(each -> configured.put(name(each), each));
    levels.list("").forEach(each -> configured.put(name(each.tree()), each.tree()));
    int shares = Math.max(1, configured.values().stream().mapToInt(FlowControl::shares).sum());
    configured.forEach(
        (name, level) -> {
          var shape =
              PriorityLevel.Shape.of(
                  text(level, "/metadata/uid"),
                  level.path("spec"),
                  Math.ceilDiv(seats * shares(level), shares));
          levelsByName.computeIfAbsent(name, any -> new PriorityLevel(name, shape)).resize(shape);
        });
    levelsByName.keySet().retainAll(configured.keySet());
  }

  private static String name(ObjectNode object) {
    return text(object, "/metadata/name");
  }

  private static int shares(ObjectNode level) {
    return level.path("spec").path("limited").path("nominalConcurrencyShares").asInt();
  }

  private LongAdder count(Lane lane, PriorityLevel.Outcome outcome) {
    var reason = outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return counter(lane.schema().name(), lane.level().name(), reason);
  }

  private LongAdder counter(String schema, String level, String outcome) {
    return counts.computeIfAbsent(new CountKey(schema, level, outcome), any -> new LongAdder());
  }

  /**
   * How it stands, for {@code /metrics}.
   *
   * @param counted of each schema and level: why refused, or "" for how many ran
   * @param levels of each level: seats taken, waiting, seats in all
   */
  public record Figures(List<Count> counted, List<LevelFigures> levels) {}

  public record Count(String schema, String level, String reason, long count) {}

  public record LevelFigures(String level, int executing, int waiting, int seats) {}

  public Figures figures() {
    var counted = new ArrayList<Count>();
    counts.forEach(
        (key, count) ->
            counted.add(new Count(key.schema(), key.level(), key.outcome(), count.sum())));
    var all = new ArrayList<LevelFigures>();
    for (var level : levelsByName.values()) {
      all.add(
          new LevelFigures(
              level.name(), level.executing(), level.waiting(), level.shape().seats()));
    }
    return new Figures(counted, all);
  }
}
