package io.jkube.network;

import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every consumer of the newest table of services. Changes that come while consumers are at
 * work make one further table together.
 */
public final class ServiceNetworking implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceNetworking.class);
  private static final Duration SYNC_WAIT = Duration.ofMinutes(1);

  /** How long a failed consumer waits for its next try when nothing changes. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ServiceInformers informers;
  private final List<TableConsumer> consumers;
  private final Semaphore changes = new Semaphore(0);
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;

  /** What the log was told last; of {@link #thread}. */
  private String lastFailure = "";

  /** Owns the informers from now on. */
  public ServiceNetworking(ServiceInformers informers, List<TableConsumer> consumers) {
    this.informers = informers;
    this.consumers = List.copyOf(consumers);
    this.thread = Thread.ofVirtual().name("service-networking").unstarted(this::run);
    informers.onChange(changes::release);
  }

  /** Begins; does not wait. */
  public ServiceNetworking start() {
    informers.start();
    thread.start();
    return this;
  }

  /** Waits until all consumers have a table; false when they have none yet. */
  public boolean awaitFirst(Duration limit) throws InterruptedException {
    return first.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    informers.close();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!informers.awaitSynced(SYNC_WAIT)) {
        LOG.warn("still waiting for the list of services and slices");
      }
      while (true) {
        changes.drainPermits();
        if (tell(informers.table())) {
          first.countDown();
          changes.acquire();
        } else {
          changes.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** A consumer that fails is no hindrance to the others; false when one has to be told again. */
  private boolean tell(ServiceTable table) throws InterruptedException {
    boolean well = true;
    for (var consumer : consumers) {
      try {
        well &= consumer.accept(table);
      } catch (IOException | RuntimeException failure) {
        failed(failure.toString());
        well = false;
      }
    }
    if (well) {
      lastFailure = "";
    }
    return well;
  }

  /** Said once, not at every try. */
  private void failed(String failure) {
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      LOG.warn("services are not routed yet as they should be: {}", failure);
    }
  }
}
