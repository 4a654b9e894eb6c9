package io.jkube.kubelet;

import io.jkube.client.informer.Informer;
import io.jkube.kubelet.image.Images;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the engine now and then, and whenever its events had a gap: corrects what was missed. One
 * virtual thread.
 */
final class Relist implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relist.class);
  private static final Duration POD_LIST = Duration.ofSeconds(1);

  private final ContainerRuntime runtime;
  private final PodWorkers workers;
  private final Images images;
  private final Duration period;
  private final Semaphore asked = new Semaphore(0);
  private volatile Thread thread;

  Relist(ContainerRuntime runtime, PodWorkers workers, Images images, Duration period) {
    this.runtime = runtime;
    this.workers = workers;
    this.images = images;
    this.period = period;
  }

  /** Begins, once the node's pods are known: what belongs to none of them is removed. */
  void start(Informer<?> pods) {
    thread = Thread.ofVirtual().name("relist").start(() -> run(pods));
  }

  /** Lists as soon as possible; never blocks. */
  void now() {
    asked.release();
  }

  @Override
  public void close() {
    var running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run(Informer<?> pods) {
    try {
      while (!pods.awaitSynced(POD_LIST)) {
        LOG.debug("waiting for the node's pods");
      }
      while (true) {
        list();
        asked.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS);
        asked.drainPermits();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void list() throws InterruptedException {
    try {
      images.forget();
      workers.listed(runtime.sandboxes(), runtime.containers());
    } catch (RuntimeFailure failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException("relist ended");
      }
      LOG.warn("the engine cannot be listed: {}", failure.getMessage());
    }
  }
}
