package io.jkube.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.kubelet.pod.PodOrigin;
import io.jkube.kubelet.pod.PodParts;
import io.jkube.kubelet.pod.PodWorker;
import io.jkube.kubelet.pod.Signal;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.staticpod.StaticPods;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a node's pods, by uid: hands each what is its own, and removes what the engine has
 * of pods that are no more. Guarded by itself; never held while an engine is asked.
 */
final class PodWorkers implements StaticPods.Workers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodWorkers.class);

  /** They are interrupted: one that does not end at once waits for nothing that matters. */
  private static final Duration LAST_STEP = Duration.ofMillis(200);

  private final PodParts parts;
  private final Map<String, PodWorker> byUid = new HashMap<>();
  private Map<String, Signal.Listed> unclaimed = Map.of();
  private boolean closed;

  PodWorkers(PodParts parts) {
    this.parts = parts;
  }

  /** What the engine had when the kubelet started: each worker takes over its own. */
  synchronized void found(List<Sandbox> sandboxes, List<ContainerSummary> containers) {
    unclaimed = byPod(sandboxes, containers);
  }

  /** The API server has this pod for the node. */
  synchronized void changed(ObjectNode pod) {
    if (closed) {
      return;
    }
    var uid = pod.at("/metadata/uid").asText();
    var known = byUid.get(uid);
    if (known != null) {
      known.signal(new Signal.Changed(pod));
      return;
    }
    begin(new PodWorker(parts, PodOrigin.API, pod, () -> {}), uid);
  }

  private void begin(PodWorker worker, String uid) {
    var taken = unclaimed.get(uid);
    if (taken != null) {
      worker.signal(taken);
    }
    byUid.put(uid, worker.start());
  }

  @Override
  public synchronized void runStatic(ObjectNode pod, Runnable ended) {
    if (!closed) {
      var uid = pod.at("/metadata/uid").asText();
      begin(new PodWorker(parts, PodOrigin.FILE, pod, () -> over(uid, ended)), uid);
    }
  }

  private void over(String uid, Runnable ended) {
    synchronized (this) {
      byUid.remove(uid);
    }
    ended.run();
  }

  @Override
  public synchronized void endStatic(ObjectNode pod) {
    tell(pod.at("/metadata/uid").asText(), new Signal.Changed(pod));
  }

  @Override
  public synchronized void mirrored(String uid, ObjectNode mirror) {
    tell(uid, new Signal.Mirrored(mirror));
  }

  private void tell(String uid, Signal signal) {
    var worker = byUid.get(uid);
    if (worker != null) {
      worker.signal(signal);
    }
  }

  /** The API server has the pod no more; what is left of it goes. */
  synchronized void gone(String uid) {
    var worker = byUid.remove(uid);
    if (worker != null) {
      worker.signal(new Signal.Gone());
    }
  }

  /** Files of the pod's volumes may be others now. */
  synchronized void refresh(String uid) {
    tell(uid, new Signal.SourceChanged());
  }

  /** The pod ends at once, for good. */
  synchronized void evict(String uid, String message) {
    tell(uid, new Signal.Evicted(message));
  }

  synchronized void engine(ContainerEvent event) {
    var worker = event.pod() == null ? null : byUid.get(event.pod().uid());
    if (worker != null) {
      worker.engine(event);
    }
  }

  /** The engine has these, a moment ago; what belongs to no pod is removed. */
  void listed(List<Sandbox> sandboxes, List<ContainerSummary> containers) {
    var found = byPod(sandboxes, containers);
    Map<String, Signal.Listed> orphans = new HashMap<>(found);
    synchronized (this) {
      unclaimed = Map.of();
      byUid.forEach(
          (uid, worker) ->
              worker.signal(found.getOrDefault(uid, new Signal.Listed(List.of(), List.of()))));
      orphans.keySet().removeAll(byUid.keySet());
    }
    orphans.forEach(this::removeOrphan);
    removeFolders();
  }

  private void removeOrphan(String uid, Signal.Listed orphan) {
    LOG.info("removing what is left of pod {}", uid);
    try {
      var ids = orphan.sandboxes().stream().map(Sandbox::id).collect(Collectors.toSet());
      ids.forEach(parts.runtime()::removeSandbox);
      orphan.containers().stream()
          .filter(container -> !ids.contains(container.sandboxId()))
          .forEach(container -> parts.runtime().removeContainer(container.id()));
    } catch (RuntimeFailure failure) {
      LOG.warn("what is left of pod {} stays for now: {}", uid, failure.getMessage());
    }
  }

  private void removeFolders() {
    try {
      Set<String> left = new HashSet<>(parts.volumes().known());
      synchronized (this) {
        left.removeAll(byUid.keySet());
      }
      for (var uid : left) {
        parts.volumes().remove(uid);
      }
    } catch (IOException failure) {
      LOG.warn("folders of pods that are gone are left: {}", failure.toString());
    }
  }

  private static Map<String, Signal.Listed> byPod(
      List<Sandbox> sandboxes, List<ContainerSummary> containers) {
    var sandboxesOf = sandboxes.stream().collect(Collectors.groupingBy(s -> s.pod().uid()));
    var containersOf = containers.stream().collect(Collectors.groupingBy(c -> c.pod().uid()));
    var uids = new HashSet<>(sandboxesOf.keySet());
    uids.addAll(containersOf.keySet());
    return uids.stream()
        .collect(
            Collectors.toMap(
                uid -> uid,
                uid ->
                    new Signal.Listed(
                        sandboxesOf.getOrDefault(uid, List.of()),
                        containersOf.getOrDefault(uid, List.of()))));
  }

  /** Lets all pods run on. */
  @Override
  public void close() {
    List<PodWorker> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(byUid.values());
      byUid.clear();
    }
    ending.forEach(PodWorker::close);
    try {
      for (var worker : ending) {
        worker.awaitEnd(LAST_STEP);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
