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
import java.util.function.Predicate;

/** Makes every pod that it may Running and Ready as soon as it sees it. */
final class TestKubelet implements AutoCloseable {
  private final TestCluster cluster;
  private final Predicate<ObjectNode> runs;
  private final Informer<ObjectNode> pods;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  TestKubelet(TestCluster cluster, Predicate<ObjectNode> runs) {
    this.cluster = cluster;
    this.runs = runs;
    this.pods =
        Informer.of(cluster.client, Resources.PODS)
            .build()
            .addHandler(ObjectHandler.onEvery((key, pod) -> worker.execute(() -> look(key, pod))))
            .start();
  }

  private void look(ObjectKey key, ObjectNode pod) {
    if (!PodState.isActive(pod) || PodState.isReady(pod) || !runs.test(pod)) {
      return;
    }
    var ready = Json.object();
    var status = ready.putObject("status").put("phase", "Running");
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("lastTransitionTime", cluster.clock.instant().toString());
    try {
      cluster.client.patch(Resources.PODS, key, "status", Patch.strategic(ready));
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
