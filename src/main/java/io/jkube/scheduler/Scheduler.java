package io.jkube.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Resources;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.scheduler.SchedulerMetrics.Result;
import io.jkube.scheduler.SchedulingCycle.Decision;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.DisruptionBudget;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PostFilterResult.MakeRoom;
import io.jkube.scheduler.framework.PostFilterResult.Nothing;
import io.jkube.scheduler.framework.PostFilterResult.Wait;
import io.jkube.scheduler.framework.Preemption;
import io.jkube.trace.PodTraces;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The default scheduler of one cluster. Start it once; {@link #close} ends its threads. */
public final class Scheduler implements AutoCloseable, MetricsSource {
  /** The {@code spec.schedulerName} of the pods it serves. */
  public static final String NAME = "default-scheduler";

  static final String COMPONENT = "scheduler";

  private static final GroupVersionResource BUDGETS =
      new GroupVersionResource("policy", "v1", "poddisruptionbudgets");
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration LONGEST_END = Duration.ofSeconds(1);
  private static final Duration SYNC_LIMIT = Duration.ofMinutes(1);

  /** Fewer than the server has seats and places for the scheduler: none is refused as too many. */
  static final int MOST_BINDINGS_AT_ONCE = 64;

  private final PluginList plugins;
  private final SchedulingCycle cycle;
  private final ClusterState state = new ClusterState();
  private final Nominations nominations = new Nominations();
  private final SchedulingQueue queue;
  private final SchedulerMetrics metrics;
  private final Clock clock;
  private final PodTraces traces;
  private final EventRecorder events;
  private final PodReports reports;
  private final RoomMaker rooms;
  private final Informer<DisruptionBudget> budgets;
  private final Informer<ObjectNode> namespaces;
  private final StorageNews storage;
  private final Informer<NodeInfo> nodes;
  private final Informer<PodInfo> pods;
  private final ExecutorService followUps = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore bindings = new Semaphore(MOST_BINDINGS_AT_ONCE, true);
  private final Thread thread = Thread.ofVirtual().name(COMPONENT).unstarted(this::run);

  /**
   * Under {@code client}'s identity it reads namespaces, nodes, pods, budgets and, when pods ask
   * for them, claims and volumes; it reserves volumes, binds, patches status, and tells.
   */
  public Scheduler(ApiClient client, Clock clock, PodTraces traces) {
    this.budgets = Informer.of(client, BUDGETS, DisruptionBudget::of).build();
    this.storage = new StorageNews(client);
    this.plugins = PluginList.standard(client, budgets::list, storage);
    this.cycle = new SchedulingCycle(plugins, nominations);
    this.queue = new SchedulingQueue(plugins, clock);
    this.metrics = new SchedulerMetrics(queue);
    this.clock = clock;
    storage.listen(() -> queue.moveOn(Set.of(ClusterEvent.STORAGE_CHANGED)));
    this.traces = traces;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.reports = new PodReports(client, events, clock);
    this.rooms = new RoomMaker(client, events, clock);
    this.namespaces =
        Informer.of(client, Resources.NAMESPACES).build().addHandler(new NamespaceNews(state));
    this.nodes =
        Informer.of(client, Resources.NODES, NodeInfo::of)
            .build()
            .addHandler(new NodeNews(state, queue));
    this.pods =
        Informer.of(client, Resources.PODS, PodInfo::of)
            .build()
            .addHandler(new PodNews(state, queue, nominations, traces));
  }

  public Scheduler start() {
    budgets.start();
    namespaces.start();
    nodes.start();
    pods.start();
    thread.start();
    return this;
  }

  /** Waits until it knows the pods and nodes there are; false when not so after {@code limit}. */
  public boolean awaitSynced(Duration limit) throws InterruptedException {
    return namespaces.awaitSynced(limit) && nodes.awaitSynced(limit) && pods.awaitSynced(limit);
  }

  @Override
  public void writeTo(TextFormat text) {
    metrics.writeTo(text);
  }

  /** Waits a moment for bindings that are under way. */
  @Override
  public void close() {
    thread.interrupt();
    budgets.close();
    namespaces.close();
    nodes.close();
    pods.close();
    storage.close();
    followUps.shutdown();
    try {
      if (!followUps.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        followUps.shutdownNow();
      }
    } catch (InterruptedException stop) {
      followUps.shutdownNow();
      Thread.currentThread().interrupt();
    }
    events.close();
  }

  /** Decides only once all pods and nodes are known: or two pods might get the same room. */
  private void run() {
    try {
      while (!awaitSynced(SYNC_LIMIT)) {
        LOG.warn("still waiting for the first list of pods and nodes");
      }
      while (!Thread.currentThread().isInterrupted()) {
        schedule(queue.take());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void schedule(QueuedPod queued) {
    var pod = queued.pod();
    long began = System.nanoTime();
    try {
      var decision = cycle.decide(pod, state.snapshot());
      noteRejections(pod, decision.diagnosis());
      switch (decision) {
        case Decision.Bind bind -> {
          state.assume(pod, bind.node());
          nominations.remove(pod.uid());
          followUps.execute(() -> bind(queued, bind.node(), began));
        }
        case Decision.Reject reject -> {
          if (reject.result() instanceof MakeRoom found) {
            nominations.put(pod, found.preemption().node());
          }
          metrics.tried(Result.UNSCHEDULABLE, began);
          followUps.execute(() -> reject(queued, reject));
        }
      }
    } catch (RuntimeException failure) {
      LOG.error("scheduling {} failed", pod, failure);
      metrics.tried(Result.ERROR, began);
      state.forget(pod.uid());
      queue.failed(queued);
    }
  }

  private void bind(QueuedPod queued, String node, long began) {
    var pod = queued.pod();
    try {
      if (!prepare(queued, node)) {
        metrics.tried(Result.ERROR, began);
        return;
      }
      bindInTurn(pod, node);
      queue.done(queued);
      metrics.tried(Result.SCHEDULED, began);
      var waited = Duration.between(queued.since(), clock.instant());
      metrics.scheduled(queued.attempts() + 1, waited.toMillis());
      traces.note(pod.uid(), COMPONENT, "bound", pod.revision(), "node", node);
      reports.scheduled(pod, node);
    } catch (ApiException refused) {
      metrics.tried(Result.ERROR, began);
      failed(queued, "binding rejected: " + refused.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void bindInTurn(PodInfo pod, String node) throws InterruptedException {
    bindings.acquire();
    try {
      plugins.binder().bind(pod, node);
    } finally {
      bindings.release();
    }
  }

  /** What the pod needs on its node; false when it cannot be had. */
  private boolean prepare(QueuedPod queued, String name) throws InterruptedException {
    var node = state.node(name);
    for (var plugin : plugins.preBinds()) {
      try {
        if (node.isPresent()) {
          plugin.preBind(queued.pod(), node.get());
        }
      } catch (ApiException refused) {
        var message = "running PreBind plugin \"" + plugin.name() + "\": " + refused.getMessage();
        failed(queued, message);
        return false;
      }
    }
    return true;
  }

  private void failed(QueuedPod queued, String message) {
    var pod = queued.pod();
    LOG.info("{} is not bound: {}", pod, message);
    state.forget(pod.uid());
    reports.failed(pod, PodReports.ERROR, message, "");
    queue.failed(queued);
  }

  private void reject(QueuedPod queued, Decision.Reject decision) {
    var pod = queued.pod();
    var promised =
        switch (decision.result()) {
          case MakeRoom found -> found.preemption().node();
          case Wait wait -> pod.nominatedNodeName();
          case Nothing nothing -> "";
        };
    if (promised.isEmpty()) {
      nominations.remove(pod.uid());
    }
    reports.failed(pod, PodReports.UNSCHEDULABLE, decision.message(), promised);
    if (decision.result() instanceof MakeRoom found) {
      makeRoom(pod, found.preemption());
    }
    queue.unschedulable(queued, decision.diagnosis().plugins());
  }

  private void makeRoom(PodInfo pod, Preemption preemption) {
    metrics.preempted(preemption.victims().size());
    traces.note(pod.uid(), COMPONENT, "nominated", pod.revision(), "node", preemption.node());
    for (var other : nominations.after(pod, preemption.node())) {
      nominations.remove(other.uid());
      reports.nominationLost(other);
    }
    rooms.makeRoom(pod, preemption);
  }

  private void noteRejections(PodInfo pod, Diagnosis diagnosis) {
    var facts = new ArrayList<String>();
    for (var rejection : diagnosis.rejections()) {
      facts.add(rejection.node().name());
      facts.add(String.join(", ", rejection.verdict().reasons()));
    }
    if (!facts.isEmpty()) {
      traces.note(pod.uid(), COMPONENT, "filtered", pod.revision(), facts.toArray(String[]::new));
    }
  }
}
