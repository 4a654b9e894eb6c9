package io.jkube.network.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.client.ApiClient;
import io.jkube.network.TableConsumer;
import io.jkube.network.dns.ServiceRecords;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the router as the ingresses are, and tells them where they are reached. Follows services as
 * one of {@code ServiceNetworking}'s consumers, but works on a thread of its own: rules in the
 * kernel do not wait for it.
 */
public final class IngressController implements TableConsumer, AutoCloseable {
  /** What an IngressClass names that this controller serves. */
  public static final String NAME = "jkube.io/ingress";

  private static final Logger LOG = LoggerFactory.getLogger(IngressController.class);

  /** How long it waits for its next try when nothing changes. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final IngressInformers informers;
  private final Destinations destinations;
  private final CertificateAuthority authority;
  private final IngressStatus status;
  private final Consumer<String> notice;
  private final Semaphore changes = new Semaphore(0);
  private final Thread thread;
  private volatile RouteTable routes = RouteTable.EMPTY;

  /** Null while there is no ingress; of {@link #thread}, as are all below. */
  private Entry entry;

  private String lastFailure = "";

  /**
   * @param client that may follow ingresses, their classes and secrets, and write their status
   * @param services as they are now; whoever tells {@link #accept} of changes keeps them
   * @param notice is told where ingresses are reached, in words; an empty text when they no longer
   *     are
   */
  public IngressController(
      ApiClient client,
      ServiceRecords services,
      CertificateAuthority authority,
      Consumer<String> notice,
      InstantSource clock) {
    this.informers = new IngressInformers(client, changes::release);
    this.destinations = new Destinations(services);
    this.authority = authority;
    this.status = new IngressStatus(client, clock);
    this.notice = notice;
    this.thread = Thread.ofVirtual().name("ingress").unstarted(this::run);
  }

  /** Begins; does not wait. */
  public IngressController start() {
    informers.start();
    thread.start();
    return this;
  }

  /** The copy of services is as new as the table, and says more. */
  @Override
  public boolean accept(ServiceTable table) {
    changes.release();
    return true;
  }

  @Override
  public void close() throws InterruptedException {
    informers.close();
    thread.interrupt();
    thread.join();
    status.close();
  }

  private void run() {
    try {
      while (!informers.awaitSynced()) {
        LOG.warn("still waiting for the list of ingresses");
      }
      while (true) {
        changes.drainPermits();
        if (tryOnce()) {
          changes.acquire();
        } else {
          changes.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException end) {
      leave();
      Thread.currentThread().interrupt();
    }
  }

  private boolean tryOnce() throws InterruptedException {
    try {
      follow(informers.ours());
      lastFailure = "";
      return true;
    } catch (IOException | ApiException failure) {
      if (!failure.toString().equals(lastFailure)) {
        lastFailure = failure.toString();
        LOG.warn("ingresses are not served yet as they should be: {}", lastFailure);
      }
      return false;
    }
  }

  private void follow(List<ObjectNode> ours) throws IOException {
    if (ours.isEmpty()) {
      leave();
    } else {
      routes = RouteTable.of(ours, destinations::of);
      if (entry == null) {
        entry = Entry.open(IngressStatus.portsOf(ours), () -> routes, authority);
        notice.accept(entry.words());
      }
      var secrets = Secrets.of(ours, informers::secret);
      entry.certificates().update(secrets.identities(), routes::knows);
      ours.forEach(ingress -> status.tell(ingress, entry, secrets));
    }
    status.forgetAllBut(ours, informers::ingress);
  }

  private void leave() {
    routes = RouteTable.EMPTY;
    if (entry != null) {
      var left = entry;
      entry = null;
      notice.accept("");
      try {
        left.close();
      } catch (IOException failure) {
        LOG.warn("leaving the ports of ingresses failed", failure);
      }
    }
  }
}
