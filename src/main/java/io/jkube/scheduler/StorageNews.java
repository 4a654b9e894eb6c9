package io.jkube.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.scheduler.framework.StorageView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Copies of claims, volumes and classes, which begin with the first pod that asks for a claim: most
 * clusters start without one. The monitor of this object guards the count of changes.
 */
final class StorageNews implements StorageView, AutoCloseable {
  private static final Duration SYNC_LIMIT = Duration.ofSeconds(10);

  private final Informer<ObjectNode> claims;
  private final Informer<ObjectNode> volumes;
  private final Informer<ObjectNode> classes;
  private volatile Runnable listener = () -> {};
  private boolean started;
  private long changes;

  StorageNews(ApiClient client) {
    this.claims = informer(client, Resources.VOLUME_CLAIMS);
    this.volumes = informer(client, Resources.VOLUMES);
    this.classes = informer(client, Resources.STORAGE_CLASSES);
  }

  /** What is told of each change; it must not block. */
  void listen(Runnable told) {
    listener = told;
  }

  @Override
  public Optional<ObjectNode> claim(ObjectKey key) {
    return synced(claims).get(key);
  }

  @Override
  public Optional<ObjectNode> volume(String name) {
    return synced(volumes).get(ObjectKey.cluster(name));
  }

  @Override
  public List<ObjectNode> volumes() {
    return synced(volumes).list();
  }

  @Override
  public Optional<ObjectNode> storageClass(String name) {
    return synced(classes).get(ObjectKey.cluster(name));
  }

  @Override
  public synchronized long changes() {
    return changes;
  }

  @Override
  public synchronized void awaitChange(long seen, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (changes == seen) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public void close() {
    claims.close();
    volumes.close();
    classes.close();
  }

  private Informer<ObjectNode> informer(ApiClient client, GroupVersionResource resource) {
    return Informer.of(client, resource)
        .build()
        .addHandler(ObjectHandler.onEvery((key, any) -> changed()));
  }

  private void changed() {
    synchronized (this) {
      changes++;
      notifyAll();
    }
    listener.run();
  }

  private Informer<ObjectNode> synced(Informer<ObjectNode> informer) {
    start();
    try {
      if (!informer.awaitSynced(SYNC_LIMIT)) {
        throw ApiException.internal("still waiting for the list of " + informer.resource());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw ApiException.internal("interrupted while waiting for " + informer.resource());
    }
    return informer;
  }

  private synchronized void start() {
    if (!started) {
      started = true;
      claims.start();
      volumes.start();
      classes.start();
    }
  }
}
