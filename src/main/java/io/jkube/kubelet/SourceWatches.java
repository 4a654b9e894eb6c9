package io.jkube.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.kubelet.volume.VolumeSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Watches the ConfigMaps and Secrets that volumes of this node's pods are made of, one watch an
 * object however many pods mount it, and tells which pods a change concerns. Guarded by itself; the
 * listener is called by the watches' threads.
 */
final class SourceWatches implements AutoCloseable {
  private record Watched(Informer<ObjectNode> informer, Set<String> pods) {}

  private final ApiClient client;
  private final Function<ObjectNode, Set<VolumeSource>> sourcesOf;
  private final Consumer<String> changed;
  private final Map<VolumeSource, Watched> bySource = new HashMap<>();
  private final Map<String, Set<VolumeSource>> byPod = new HashMap<>();

  /**
   * @param sourcesOf what the volumes of a pod are made of
   * @param changed is told the uid of each pod whose files may be others now; it must not block
   */
  SourceWatches(
      ApiClient client,
      Function<ObjectNode, Set<VolumeSource>> sourcesOf,
      Consumer<String> changed) {
    this.client = client;
    this.sourcesOf = sourcesOf;
    this.changed = changed;
  }

  /** The pod is on the node; its volumes never change. */
  synchronized void follow(ObjectNode pod) {
    var uid = pod.at("/metadata/uid").asText();
    if (byPod.containsKey(uid)) {
      return;
    }
    var sources = sourcesOf.apply(pod);
    byPod.put(uid, sources);
    for (var source : sources) {
      bySource.computeIfAbsent(source, this::watch).pods.add(uid);
    }
  }

  /** The pod is gone. */
  synchronized void forget(String uid) {
    var sources = byPod.remove(uid);
    if (sources == null) {
      return;
    }
    for (var source : sources) {
      var watched = bySource.get(source);
      watched.pods.remove(uid);
      if (watched.pods.isEmpty()) {
        watched.informer.close();
        bySource.remove(source);
      }
    }
  }

  @Override
  public synchronized void close() {
    bySource.values().forEach(watched -> watched.informer.close());
    bySource.clear();
    byPod.clear();
  }

  private Watched watch(VolumeSource source) {
    var informer =
        Informer.of(client, source.resource())
            .namespace(source.key().namespace())
            .fields("metadata.name=" + source.key().name())
            .build()
            .addHandler(ObjectHandler.onEvery((key, any) -> tell(source)));
    return new Watched(informer.start(), new HashSet<>());
  }

  private void tell(VolumeSource source) {
    Set<String> pods;
    synchronized (this) {
      var watched = bySource.get(source);
      pods = watched == null ? Set.of() : Set.copyOf(watched.pods);
    }
    pods.forEach(changed);
  }
}
