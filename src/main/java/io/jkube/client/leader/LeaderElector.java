package io.jkube.client.leader;

import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does some work while it holds a Lease of {@code kube-system}. What it began is closed before
 * another may begin the same, and begun anew when the lease is had again.
 */
public final class LeaderElector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElector.class);
  private static final String NAMESPACE = "kube-system";

  /** Waits are spread by up to this part of them, so that candidates do not ask in step. */
  private static final double JITTER = 0.2;

  private final ApiClient client;
  private final String name;
  private final String identity;
  private final InstantSource clock;
  private final LeaderTiming timing;
  private final LeaderLease lease;
  private final Supplier<? extends AutoCloseable> work;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean leading;

  /**
   * @param client whose user may read and write the lease
   * @param name of the lease, and of who is elected: {@code kube-scheduler}
   * @param identity of this candidate, like no other's
   * @param alone whether no other process can be at work on this store: the lease is taken whoever
   *     it says has it
   * @param work begins it; closing what it answers ends it
   */
  public LeaderElector(
      ApiClient client,
      String name,
      String identity,
      InstantSource clock,
      LeaderTiming timing,
      boolean alone,
      Supplier<? extends AutoCloseable> work) {
    this.client = Objects.requireNonNull(client, "client");
    this.name = Objects.requireNonNull(name, "name");
    this.identity = Objects.requireNonNull(identity, "identity");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.timing = Objects.requireNonNull(timing, "timing");
    this.work = Objects.requireNonNull(work, "work");
    var key = new ObjectKey(NAMESPACE, name);
    this.lease = new LeaderLease(client, key, identity, clock, timing.leaseDuration(), alone);
    this.thread = Thread.ofVirtual().name("election of " + name).unstarted(this::run);
  }

  public LeaderElector start() {
    thread.start();
    return this;
  }

  /** Whether the work is under way here. */
  public boolean isLeading() {
    return leading;
  }

  /** Ends the work, then lets another have the lease at once. */
  @Override
  public void close() throws InterruptedException {
    closing.countDown();
    thread.join();
  }

  private void run() {
    try {
      while (!closing.await(0, TimeUnit.MILLISECONDS)) {
        if (take()) {
          lead();
        } else {
          pause();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean take() {
    try {
      return lease.takeOrRenew();
    } catch (ApiException silent) {
      LOG.debug("lease {}: {}", name, silent.getMessage());
      return false;
    }
  }

  private void lead() throws InterruptedException {
    LOG.info("{} became leader of {}", identity, name);
    long taken = System.nanoTime();
    try (var begun = work.get()) {
      leading = true;
      tell();
      renewUntilLost(taken);
    } catch (InterruptedException end) {
      throw end;
    } catch (Exception failure) {
      LOG.error("the work of {} failed", name, failure);
      pause();
    } finally {
      leading = false;
    }
    release();
  }

  /** Until the end, or until the last success is too long ago to be sure that nobody else leads. */
  private void renewUntilLost(long taken) throws InterruptedException {
    long renewed = taken;
    while (!pause()) {
      long now = System.nanoTime();
      if (take()) {
        renewed = now;
      } else if (now - renewed > timing.renewDeadline().toNanos()) {
        LOG.warn("{} lost the lease {}", identity, name);
        return;
      }
    }
  }

  private void release() {
    try {
      lease.release();
    } catch (ApiException silent) {
      LOG.debug("lease {} is not released: {}", name, silent.getMessage());
    }
  }

  private void tell() {
    var about = new ObjectReference("coordination.k8s.io/v1", "Lease", NAMESPACE, name, "", "", "");
    try (var events = new EventRecorder(client, clock, name, "")) {
      events.normal(about, "LeaderElection", identity + " became leader");
    }
  }

  /** Waits for the next try; true when this is the end. */
  private boolean pause() throws InterruptedException {
    double spread = 1 + ThreadLocalRandom.current().nextDouble(JITTER);
    return closing.await((long) (timing.retryPeriod().toMillis() * spread), TimeUnit.MILLISECONDS);
  }
}
