package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pod in one line: how many of its containers are ready, one word for its state, and its
 * restarts. The rules are those of upstream's printer ({@code printPod}).
 */
public final class PodSummary {
  private static final Set<String> TERMINAL = Set.of("Succeeded", "Failed");

  private final ObjectNode pod;
  private final Map<String, Boolean> sidecarByInitName;
  private int total;
  private int ready;
  private String reason;
  private Restarts restarts = new Restarts();
  private final Restarts sidecarRestarts = new Restarts();

  private PodSummary(ObjectNode pod) {
    this.pod = pod;
    this.sidecarByInitName =
        objects(pod, "/spec/initContainers").stream()
            .collect(
                Collectors.toMap(
                    each -> text(each, "/name"),
                    each -> text(each, "/restartPolicy").equals("Always"),
                    (first, second) -> first));
  }

  public static PodSummary of(ObjectNode pod) {
    var summary = new PodSummary(pod);
    summary.read();
    return summary;
  }

  /** {@code 1/2}: ready containers of all, sidecars included. */
  public String ready() {
    return ready + "/" + total;
  }

  /** {@code Running}, {@code Init:0/1}, {@code CrashLoopBackOff}, {@code Terminating}, ... */
  public String status() {
    return reason;
  }

  /** {@code 3 (5m ago)}: how often containers were started again, and how long ago the last was. */
  public String restarts(Instant now) {
    return restarts.count != 0 && !restarts.last.isEmpty()
        ? restarts.count + " (" + Timestamps.age(restarts.last, now) + " ago)"
        : Integer.toString(restarts.count);
  }

  private void read() {
    var phase = text(pod, "/status/phase");
    var statusReason = text(pod, "/status/reason");
    total = pod.at("/spec/containers").size();
    total += (int) sidecarByInitName.values().stream().filter(sidecar -> sidecar).count();
    reason = statusReason.isEmpty() ? phase : statusReason;
    if (hasCondition("PodScheduled", "/reason", "SchedulingGated")) {
      reason = "SchedulingGated";
    }
    boolean initializing = readInitContainers();
    if (!initializing || hasCondition("Initialized", "/status", "True")) {
      readContainers();
    }
    if (pod.at("/metadata").has("deletionTimestamp")) {
      if (statusReason.equals("NodeLost")) {
        reason = "Unknown";
      } else if (!TERMINAL.contains(phase)) {
        reason = "Terminating";
      }
    }
  }

  /** Says whether an init container is still to finish; {@code reason} then names it. */
  private boolean readInitContainers() {
    var statuses = objects(pod, "/status/initContainerStatuses");
    for (int i = 0; i < statuses.size(); i++) {
      var status = statuses.get(i);
      boolean sidecar = sidecarByInitName.getOrDefault(text(status, "/name"), false);
      restarts.add(status);
      if (sidecar) {
        sidecarRestarts.add(status);
      }
      var terminated = status.at("/state/terminated");
      if (terminated.isObject() && terminated.path("exitCode").asInt() == 0) {
        continue;
      }
      if (sidecar && status.path("started").asBoolean()) {
        ready += status.path("ready").asBoolean() ? 1 : 0;
        continue;
      }
      reason = "Init:" + initReason(status, i);
      return true;
    }
    return false;
  }

  private String initReason(ObjectNode status, int index) {
    if (status.at("/state/terminated") instanceof ObjectNode terminated) {
      return ending(terminated);
    }
    var waiting = text(status, "/state/waiting/reason");
    return waiting.isEmpty() || waiting.equals("PodInitializing")
        ? index + "/" + pod.at("/spec/initContainers").size()
        : waiting;
  }

  private void readContainers() {
    restarts = sidecarRestarts;
    boolean running = false;
    for (var status : objects(pod, "/status/containerStatuses").reversed()) {
      restarts.add(status);
      var waiting = text(status, "/state/waiting/reason");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (status.at("/state/terminated") instanceof ObjectNode terminated) {
        reason = ending(terminated);
      } else if (status.path("ready").asBoolean() && status.at("/state/running").isObject()) {
        running = true;
        ready++;
      }
    }
    if (reason.equals("Completed") && running) {
      reason = hasCondition("Ready", "/status", "True") ? "Running" : "NotReady";
    }
  }

  private static String ending(ObjectNode terminated) {
    var named = text(terminated, "/reason");
    if (!named.isEmpty()) {
      return named;
    }
    int signal = terminated.path("signal").asInt();
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt();
  }

  private boolean hasCondition(String type, String pointer, String value) {
    return objects(pod, "/status/conditions").stream()
        .filter(condition -> text(condition, "/type").equals(type))
        .anyMatch(condition -> text(condition, pointer).equals(value));
  }

  /** Sums up restarts and remembers the last end of a container that was started again. */
  private static final class Restarts {
    private int count;
    private String last = "";

    /** Times are RFC 3339 in UTC with whole seconds, so their text sorts as they do. */
    void add(ObjectNode status) {
      count += status.path("restartCount").asInt();
      var finished = text(status, "/lastState/terminated/finishedAt");
      if (finished.compareTo(last) > 0) {
        last = finished;
      }
    }
  }

  /** {@code 1/2}: readiness gates whose condition is true, of all; {@code <none>} without any. */
  public String readinessGates() {
    List<ObjectNode> gates = new ArrayList<>(objects(pod, "/spec/readinessGates"));
    if (gates.isEmpty()) {
      return "<none>";
    }
    long met =
        gates.stream()
            .filter(gate -> hasCondition(text(gate, "/conditionType"), "/status", "True"))
            .count();
    return met + "/" + gates.size();
  }
}
