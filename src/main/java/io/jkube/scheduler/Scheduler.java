package io.jkube.scheduler;

import io.jkube.api.ApiException;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.trace.PodTraces;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The default scheduler of one cluster. Start it once; {@link #close} ends its threads. */
public final class Scheduler implements AutoCloseable {
  /** The {@code spec.schedulerName} of the pods it serves. */
  public static final String NAME = "default-scheduler";

  static final String COMPONENT = "scheduler";

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration LONGEST_END = Duration.ofSeconds(1);
  private static final Duration SYNC_LIMIT = Duration.ofMinutes(1);

  private final PluginList plugins;
  private final SchedulingCycle cycle;
  private final ClusterState state = new ClusterState();
  private final SchedulingQueue queue;
  private final PodTraces traces;
  private final EventRecorder events;
  private final PodReports reports;
  private final Informer<NodeInfo> nodes;
  private final Informer<PodInfo> pods;
  private final ExecutorService followUps = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread = Thread.ofVirtual().name(COMPONENT).unstarted(this::run);

  /** Under {@code client}'s identity it reads pods and nodes, binds, patches status, and tells. */
  public Scheduler(ApiClient client, Clock clock, PodTraces traces) {
    this.plugins = PluginList.standard(client);
    this.cycle = new SchedulingCycle(plugins);
    this.queue = new SchedulingQueue(plugins, clock);
    this.traces = traces;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.reports = new PodReports(client, events, clock);
    this.nodes =
        Informer.of(client, Resources.NODES, NodeInfo::of)
            .build()
            .addHandler(new NodeNews(state, queue));
    this.pods =
        Informer.of(client, Resources.PODS, PodInfo::of)
            .build()
            .addHandler(new PodNews(state, queue, traces));
  }

  public Scheduler start() {
    nodes.start();
    pods.start();
    thread.start();
    return this;
  }

  /** Waits until it knows the pods and nodes there are; false when not so after {@code limit}. */
  public boolean awaitSynced(Duration limit) throws InterruptedException {
    return nodes.awaitSynced(limit) && pods.awaitSynced(limit);
  }

  /** Waits a moment for bindings that are under way. */
  @Override
  public void close() {
    thread.interrupt();
    nodes.close();
    pods.close();
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
    try {
      var decision = cycle.decide(pod, state.nodes());
      noteRejections(pod, decision.diagnosis());
      if (decision.node().isPresent()) {
        var node = decision.node().get();
        state.assume(pod, node);
        followUps.execute(() -> bind(queued, node));
      } else {
        followUps.execute(() -> reject(queued, decision.diagnosis()));
      }
    } catch (RuntimeException failure) {
      LOG.error("scheduling {} failed", pod, failure);
      state.forget(pod.uid());
      queue.failed(queued);
    }
  }

  private void bind(QueuedPod queued, String node) {
    var pod = queued.pod();
    try {
      plugins.binder().bind(pod, node);
      queue.done(queued);
      traces.note(pod.uid(), COMPONENT, "bound", pod.revision(), "node", node);
      reports.scheduled(pod, node);
    } catch (ApiException refused) {
      LOG.info("{} is not bound to {}: {}", pod, node, refused.getMessage());
      state.forget(pod.uid());
      reports.failed(pod, PodReports.ERROR, "binding rejected: " + refused.getMessage());
      queue.failed(queued);
    }
  }

  private void reject(QueuedPod queued, Diagnosis diagnosis) {
    var message = cycle.explain(queued.pod(), diagnosis);
    reports.failed(queued.pod(), PodReports.UNSCHEDULABLE, message);
    queue.unschedulable(queued, diagnosis.plugins());
  }

  private void noteRejections(PodInfo pod, Diagnosis diagnosis) {
    var facts = new java.util.ArrayList<String>();
    for (var rejection : diagnosis.rejections()) {
      facts.add(rejection.node().name());
      facts.add(String.join(", ", rejection.verdict().reasons()));
    }
    if (!facts.isEmpty()) {
      traces.note(pod.uid(), COMPONENT, "filtered", pod.revision(), facts.toArray(String[]::new));
    }
  }
}
