package io.jkube.scheduler.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.client.ApiClient;
import io.jkube.client.Patch;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.FilterPlugin;
import io.jkube.scheduler.framework.NodeFilter;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PreBindPlugin;
import io.jkube.scheduler.framework.StorageView;
import io.jkube.scheduler.framework.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A pod goes where its volumes can be had; claims that wait for it get theirs, on its node, before
 * it is bound.
 */
public record VolumeBinding(ApiClient client, StorageView storage)
    implements FilterPlugin, PreBindPlugin {
  /** Upstream's bindTimeoutSeconds: how long a volume may take to be made and bound. */
  static final Duration LONGEST_BINDING = Duration.ofMinutes(10);

  private static final String NO_VOLUME =
      "node(s) didn't find available persistent volumes to bind";
  private static final String OUT_OF_REACH =
      "node(s) didn't match PersistentVolume's node affinity";
  private static final String MISSING =
      "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

  @Override
  public String name() {
    return "VolumeBinding";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(
        ClusterEvent.STORAGE_CHANGED, ClusterEvent.NODE_ADDED, ClusterEvent.NODE_LABELS_CHANGED);
  }

  @Override
  public NodeFilter prepare(PodInfo pod, NodeSnapshot nodes) {
    var claims = ClaimsOfPod.of(pod, storage);
    if (claims.isEmpty()) {
      return NodeFilter.NOTHING_AGAINST;
    }
    if (!claims.problem().isEmpty()) {
      var nowhere = new Verdict.Nowhere(claims.problem());
      return node -> nowhere;
    }
    return node -> filter(claims, node);
  }

  private static Verdict filter(ClaimsOfPod claims, NodeInfo node) {
    var reasons = new ArrayList<String>();
    if (!claims.hasVolumes()) {
      reasons.add(MISSING);
    } else if (!claims.reach(node)) {
      reasons.add(OUT_OF_REACH);
    }
    if (claims.plan(node).isEmpty()) {
      reasons.add(NO_VOLUME);
    }
    return reasons.isEmpty() ? Verdict.FITS : new Verdict.Unresolvable(reasons);
  }

  @Override
  public void preBind(PodInfo pod, NodeInfo node) throws InterruptedException {
    var claims = ClaimsOfPod.of(pod, storage);
    if (!claims.problem().isEmpty()) {
      throw gone(claims.problem());
    }
    if (claims.waiting().isEmpty()) {
      return;
    }
    var steps = claims.plan(node).orElseThrow(() -> gone(NO_VOLUME));
    steps.forEach(step -> carryOut(step, node));
    awaitBound(steps.stream().map(step -> Json.key(step.claim())).toList());
  }

  private void carryOut(ClaimsOfPod.Step step, NodeInfo node) {
    switch (step) {
      case ClaimsOfPod.Step.Take(var claim, var volume) -> reserve(volume, claim);
      case ClaimsOfPod.Step.Make(var claim) -> select(claim, node);
    }
  }

  /** The controller of volumes does the rest. */
  private void reserve(ObjectNode volume, ObjectNode claim) {
    var next = volume.deepCopy();
    if (!VolumeMatch.refersTo(volume, claim)) {
      next.withObject("metadata")
          .withObject("annotations")
          .put(VolumeAnnotations.BOUND_BY_CONTROLLER, "yes");
    }
    var reference = next.withObject("spec").withObject("claimRef");
    reference.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    for (var field : new String[] {"namespace", "name", "uid", "resourceVersion"}) {
      reference.set(field, claim.path("metadata").path(field));
    }
    client.update(Resources.VOLUMES, next);
  }

  private void select(ObjectNode claim, NodeInfo node) {
    var patch = Json.object();
    var metadata = patch.putObject("metadata");
    metadata.put("uid", claim.at("/metadata/uid").asText());
    metadata.putObject("annotations").put(VolumeAnnotations.SELECTED_NODE, node.name());
    client.patch(Resources.VOLUME_CLAIMS, Json.key(claim), Patch.merge(patch));
  }

  private void awaitBound(List<ObjectKey> claims) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_BINDING.toNanos();
    while (true) {
      long seen = storage.changes();
      if (claims.stream().allMatch(this::isBound)) {
        return;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw gone("context deadline exceeded");
      }
      storage.awaitChange(seen, Duration.ofNanos(left));
    }
  }

  private boolean isBound(ObjectKey key) {
    var claim = storage.claim(key);
    if (claim.isEmpty()) {
      throw gone("persistentvolumeclaim \"" + key.name() + "\" not found");
    }
    return VolumeMatch.isFullyBound(claim.get());
  }

  private static ApiException gone(String why) {
    return new ApiException(StatusReason.CONFLICT, "binding volumes: " + why);
  }
}
