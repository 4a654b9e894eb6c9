package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.Patch;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.TestCluster;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Gives every pod that has not ended, as soon as it sees it, the phase that it should have. */
final class TestKubelet implements AutoCloseable {
  /** Running, and ready. */
  static final String RUNNING = "Running";

  private final TestCluster cluster;
  private final Function<ObjectNode, String> phaseOf;
  private final Informer<ObjectNode> pods;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  /**
   * @param phaseOf empty to leave the pod as it is
   */
  TestKubelet(TestCluster cluster, Function<ObjectNode, String> phaseOf) {
    this.cluster = cluster;
    this.phaseOf = phaseOf;
    this.pods =
        Informer.of(cluster.client, Resources.PODS)
            .build()
            .addHandler(ObjectHandler.onEvery((key, pod) -> worker.execute(() -> look(key, pod))))
            .start();
  }

  private void look(ObjectKey key, ObjectNode pod) {
    var phase = phaseOf.apply(pod);
    if (!PodState.isActive(pod) || phase.isEmpty() || phase.equals(PodState.phase(pod))) {
      return;
    }
    var ready = phase.equals(RUNNING);
    var patch = Json.object();
    var status = patch.putObject("status").put("phase", phase);
    var now = cluster.clock.instant().toString();
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", ready ? "True" : "False")
        .put("lastTransitionTime", now);
    if (!ready) {
      var container = status.putArray("containerStatuses").addObject();
      container.put("name", "c").put("image", "i").put("imageID", "").put("ready", false);
      container.put("restartCount", 0);
      container
          .putObject("state")
          .putObject("terminated")
          .put("exitCode", phase.equals("Failed") ? 3 : 0)
          .put("finishedAt", now);
    }
    try {
      cluster.client.patch(Resources.PODS, key, "status", Patch.strategic(patch));
    } catch (ApiException gone) {
      // deleted meanwhile, as pods without a node are at once
    }
  }

  @Override
  public void close() {
    pods.close();
    worker.shutdownNow();
  }
}
