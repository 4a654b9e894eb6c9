package io.jkube.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the API says of every node that it is Ready, as its kubelet told after this start.
 * Runs beside the start of the kubelets, so that its limit holds for them too.
 */
final class AwaitReady implements StartupStep {
  @Override
  public String title() {
    return "Wait for the nodes";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(FindEngine.class, BuildApi.class);
  }

  @Override
  public void start(Parts parts) throws StartupFailure, InterruptedException {
    var limit = parts.settings.readyLimit();
    if (limit.isZero()) {
      return;
    }
    var waiting = new Waiting(parts);
    try (var nodes = Informer.of(parts.api(), Resources.NODES).build()) {
      nodes.addHandler(waiting).start();
      if (!waiting.over.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StartupFailure(
            StartupFailure.Kind.NOT_READY,
            "not every node is Ready within "
                + limit.toSeconds()
                + "s: "
                + waiting.text()
                + "; the server ends again (see: jkube logs-server --name "
                + parts.settings.name()
                + ")");
      }
    }
  }

  /** The nodes that are not Ready yet, and why. Guarded by itself. */
  private static final class Waiting implements ObjectHandler<ObjectNode> {
    private final Instant begin;
    private final Map<String, String> reasons = new LinkedHashMap<>();
    final CountDownLatch over = new CountDownLatch(1);

    Waiting(Parts parts) {
      // Objects tell whole seconds.
      this.begin = parts.begin.truncatedTo(ChronoUnit.SECONDS);
      parts.nodeNames().forEach(node -> reasons.put(node, "its kubelet does not report"));
    }

    synchronized String text() {
      var text = new StringBuilder();
      reasons.forEach(
          (node, why) -> text.append(", node \"").append(node).append("\": ").append(why));
      return text.substring(2);
    }

    @Override
    public void added(ObjectKey key, ObjectNode node) {
      look(key.name(), node);
    }

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      look(key.name(), after);
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {}

    private synchronized void look(String name, ObjectNode node) {
      for (var condition : node.at("/status/conditions")) {
        if (condition.path("type").asText().equals("Ready") && isNew(condition)) {
          if (condition.path("status").asText().equals("True")) {
            reasons.remove(name);
          } else {
            reasons.replace(name, condition.path("message").asText());
          }
        }
      }
      if (reasons.isEmpty()) {
        over.countDown();
      }
    }

    private boolean isNew(JsonNode condition) {
      var time = condition.path("lastHeartbeatTime").asText();
      return !time.isEmpty() && !Timestamps.parse(time).isBefore(begin);
    }
  }
}
