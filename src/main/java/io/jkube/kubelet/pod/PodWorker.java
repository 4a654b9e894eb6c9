package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one pod real, from the moment the node has it until nothing of it is left: takes what came
 * in, compares what is with what should be, makes the next step, says what is true now.
 */
public final class PodWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);

  /** While something is due the clock is looked at so often: it may be set. */
  private static final Duration LONGEST_NAP = Duration.ofMillis(500);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final PodParts parts;
  private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>();
  private final PodOrigin origin;
  private final ObjectNode first;
  private final Runnable over;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param pod as the API server, or a file, has it
   * @param over called once nothing is left of the pod; not when the worker is closed
   */
  public PodWorker(PodParts parts, PodOrigin origin, ObjectNode pod, Runnable over) {
    this.parts = parts;
    this.origin = origin;
    this.first = pod;
    this.over = over;
    this.thread =
        Thread.ofVirtual().name("pod " + pod.at("/metadata/name").asText()).unstarted(this::run);
  }

  /** Begins; signals sent before are the first to be seen. */
  public PodWorker start() {
    thread.start();
    return this;
  }

  /** Never blocks. */
  public void signal(Signal signal) {
    inbox.add(signal);
  }

  /** Lets the pod be as it is; containers run on. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /** Waits until a closed worker touches nothing any more, or the time is over. */
  public void awaitEnd(Duration limit) throws InterruptedException {
    thread.join(limit);
  }

  private void run() {
    PodLife life = null;
    try {
      life = new PodLife(parts, origin, first, this::signal);
      acceptAll(life, inbox.poll());
      while (!closed) {
        live(life);
        if (life.isOver()) {
          over.run();
          return;
        }
        acceptAll(life, await(life.untilDue(LONGEST_NAP)));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ApiException unreadable) {
      LOG.error("{} cannot be read: {}", thread.getName(), unreadable.getMessage());
    } finally {
      if (life != null) {
        life.close();
      }
    }
  }

  /** One step; what the engine or the server refuse is tried again. */
  private void live(PodLife life) throws InterruptedException {
    try {
      life.step();
    } catch (RuntimeFailure | ApiException failure) {
      note(failure);
      life.retryIn(RETRY);
    } catch (RuntimeException | Error bug) { // a worker that died of it would leave the pod alone
      LOG.error("{}: the step is tried again", thread.getName(), bug);
      life.retryIn(RETRY);
    }
  }

  /** Waits for a signal, or for what is due; null: something may be due. */
  private Signal await(Duration due) throws InterruptedException {
    return due == null ? inbox.take() : inbox.poll(due.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Takes this signal and all that are there behind it. */
  private void acceptAll(PodLife life, Signal signal) throws InterruptedException {
    for (var next = signal; next != null; next = inbox.poll()) {
      try {
        life.accept(next);
      } catch (RuntimeFailure failure) {
        note(failure);
        life.lookAgainIn(RETRY);
      } catch (RuntimeException | Error bug) {
        var news = next.getClass().getSimpleName(); // a pod's variables are no matter of the log
        LOG.error("{}: {} was not taken in", thread.getName(), news, bug);
        life.lookAgainIn(RETRY);
      }
    }
  }

  private void note(RuntimeException failure) throws InterruptedException {
    if (Thread.interrupted() || closed) {
      throw new InterruptedException("pod worker closed");
    }
    LOG.warn("{}: {}", thread.getName(), failure.getMessage());
  }

  /** For the node's event stream. */
  public void engine(ContainerEvent event) {
    signal(new Signal.Engine(event.type(), event.id()));
  }
}
