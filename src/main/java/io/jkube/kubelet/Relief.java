package io.jkube.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.kubelet.container.PodNames;
import io.jkube.kubelet.pressure.NodePressure;
import io.jkube.kubelet.pressure.PressureWatch;
import java.util.List;

/** What a kubelet does for its machine when that is short of something. */
record Relief(
    String name,
    Informer<ObjectNode> all,
    PodWorkers workers,
    NodePressure pressure,
    EventRecorder recorder,
    Runnable reclaim,
    Runnable told)
    implements PressureWatch.Node {
  @Override
  public List<Pod> pods() {
    return all.list().stream()
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .filter(pod -> !hasEnded(pod.at("/status/phase").asText()))
        .map(pod -> Json.as(pod, Pod.class))
        .toList();
  }

  private static boolean hasEnded(String phase) {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  @Override
  public void evict(Pod pod, String message) {
    workers.evict(PodNames.uidOnNode(Json.tree(pod)), message);
  }

  @Override
  public void reclaimDisk() {
    reclaim.run();
  }

  @Override
  public void changed() {
    told.run();
  }
}
