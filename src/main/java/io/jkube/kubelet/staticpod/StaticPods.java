package io.jkube.kubelet.staticpod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.informer.Informer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the pods of the node's folder run, and shows them in the API. Mirrors of pods that are in no
 * file any more are taken away, also where the node has no folder. State is guarded by this; never
 * held while the API is asked or files are read.
 */
public final class StaticPods implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StaticPods.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration POD_LIST = Duration.ofSeconds(1);

  /** A mirror that the API server refuses is tried again so often. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Who runs them. Never blocks. */
  public interface Workers {
    /** Runs a pod; {@code ended} is called once it has ended and nothing of it is left. */
    void runStatic(ObjectNode pod, Runnable ended);

    /** Ends a pod: it has a deletion timestamp. */
    void endStatic(ObjectNode pod);

    /** The API shows the pod of this uid so: that is where its status goes. */
    void mirrored(String uid, ObjectNode mirror);
  }

  private final String node;
  private final ApiClient client;
  private final InstantSource clock;
  private final Workers workers;
  private final StaticPodFolder folder;
  private final Semaphore woken = new Semaphore(0);
  private final Map<ObjectKey, ObjectNode> running = new HashMap<>();
  private final Map<ObjectKey, ObjectNode> mirrors = new HashMap<>();
  private final Set<String> ending = new HashSet<>();
  private volatile Thread thread;

  /** What the API server said last, so that it is not told again. Confined to the thread. */
  private final Map<ObjectKey, String> refusals = new HashMap<>();

  /** Which mirror each pod was told of last, by the pods' uids. Confined to the thread. */
  private final Map<String, ObjectNode> told = new HashMap<>();

  /**
   * @param source of the pods; empty where the node has none
   */
  public StaticPods(
      String node,
      ApiClient client,
      InstantSource clock,
      Workers workers,
      Optional<StaticPodSource> source) {
    this.node = node;
    this.client = client;
    this.clock = clock;
    this.workers = workers;
    this.folder = source.map(this::folder).orElse(null);
  }

  private StaticPodFolder folder(StaticPodSource source) {
    return new StaticPodFolder(
        source.folder(),
        source.reader(),
        found -> StaticPod.of(found.pod(), found.file(), node, clock.instant()));
  }

  /** Begins to run them; what the engine has of them already is taken over. */
  public void begin() {
    look();
  }

  /** Goes on looking at the folder, and shows the pods in the API once its pods are known. */
  public void follow(Informer<?> pods) {
    thread = Thread.ofVirtual().name("static pods").start(() -> run(pods));
  }

  /** The API has this mirror; never blocks. */
  public void mirror(ObjectNode mirror) {
    synchronized (this) {
      mirrors.put(Json.key(mirror), mirror);
    }
    woken.release();
  }

  /** The API has this mirror no more; never blocks. */
  public void mirrorGone(ObjectNode mirror) {
    synchronized (this) {
      var key = Json.key(mirror);
      var known = mirrors.get(key);
      if (known != null && StaticPod.uid(known).equals(StaticPod.uid(mirror))) {
        mirrors.remove(key);
      }
    }
    woken.release();
  }

  @Override
  public void close() {
    var looking = thread;
    if (looking != null) {
      looking.interrupt();
    }
  }

  private void run(Informer<?> pods) {
    try {
      while (!pods.awaitSynced(POD_LIST)) {
        LOG.debug("waiting for the node's pods");
      }
      while (true) {
        await(lookAndShow());
        woken.drainPermits();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean lookAndShow() throws InterruptedException {
    try {
      look();
      return show();
    } catch (RuntimeException bug) {
      LOG.error("static pods were not looked at", bug);
      return false;
    }
  }

  private void await(boolean shown) throws InterruptedException {
    if (folder == null && shown) {
      woken.acquire();
    } else {
      woken.tryAcquire((shown ? LOOK_EVERY : RETRY).toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Has those run that should, and those end that should not. */
  private void look() {
    if (folder != null) {
      have(folder.pods());
    }
  }

  private synchronized void have(Map<ObjectKey, ObjectNode> wanted) {
    for (var pod : Set.copyOf(running.values())) {
      var other = wanted.get(Json.key(pod));
      boolean same = other != null && StaticPod.uid(other).equals(StaticPod.uid(pod));
      if (!same && ending.add(StaticPod.uid(pod))) {
        workers.endStatic(StaticPod.ending(pod, clock.instant()));
      }
    }
    for (var pod : wanted.values()) {
      if (running.putIfAbsent(Json.key(pod), pod) == null) {
        workers.runStatic(pod, () -> ended(pod));
      }
    }
  }

  private void ended(ObjectNode pod) {
    synchronized (this) {
      running.remove(Json.key(pod));
      ending.remove(StaticPod.uid(pod));
    }
    woken.release();
  }

  /** Makes the API show what runs; false when not all of it worked. */
  private boolean show() throws InterruptedException {
    Map<ObjectKey, ObjectNode> shown;
    Map<ObjectKey, ObjectNode> known;
    synchronized (this) {
      shown = new HashMap<>(running);
      known = new HashMap<>(mirrors);
    }
    told.keySet().retainAll(shown.values().stream().map(StaticPod::uid).toList());
    boolean all = true;
    for (var mirror : known.entrySet()) {
      var pod = shown.get(mirror.getKey());
      if (pod == null || !StaticPod.shows(mirror.getValue(), pod)) {
        all &= works("takes away", mirror.getKey(), () -> remove(mirror.getValue()));
      } else {
        tell(StaticPod.uid(pod), mirror.getValue());
      }
    }
    for (var pod : shown.entrySet()) {
      var mirror = known.get(pod.getKey());
      if (mirror == null || !StaticPod.shows(mirror, pod.getValue())) {
        all &= works("shows", pod.getKey(), () -> create(pod.getValue()));
      }
    }
    return all;
  }

  private void tell(String uid, ObjectNode mirror) {
    if (told.put(uid, mirror) != mirror) {
      workers.mirrored(uid, mirror);
    }
  }

  private boolean works(String what, ObjectKey key, Runnable call) throws InterruptedException {
    try {
      call.run();
      refusals.remove(key);
      return true;
    } catch (ApiException refused) {
      if (Thread.interrupted()) {
        throw new InterruptedException("static pods end");
      }
      if (!refused.getMessage().equals(refusals.put(key, refused.getMessage()))) {
        LOG.warn("nobody {} static pod {} in the API: {}", what, key, refused.getMessage());
      }
      return false;
    }
  }

  private void remove(ObjectNode mirror) {
    try {
      var options = DeleteOptions.ofUid(StaticPod.uid(mirror)).withGrace(0);
      client.delete(Resources.PODS, Json.key(mirror), options);
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND && failure.reason() != StatusReason.CONFLICT) {
        throw failure;
      }
    }
    mirrorGone(mirror);
  }

  private void create(ObjectNode pod) {
    var owner = client.get(Resources.NODES, ObjectKey.cluster(node));
    mirror(client.create(Resources.PODS, StaticPod.mirror(pod, owner)));
  }
}
