package io.jkube.apiserver.encryption;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import io.jkube.store.Versioned;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store whose values lie encrypted in another one. */
public final class EncryptedStore implements Store {
  private static final String SECRETS = "/registry/secrets/";

  private final Store store;
  private final EncryptionConfig config;

  public EncryptedStore(Store store, EncryptionConfig config) {
    this.store = store;
    this.config = config;
  }

  /**
   * Writes anew what was not written in the first way: after it, keys that are not first are not
   * needed any more. For a start, when nobody else writes.
   *
   * @return how many values were written
   * @throws StoreException.Unavailable a value cannot be read with any of the keys
   */
  public int rewriteStale() {
    int written = 0;
    for (var prefix : config.prefixes()) {
      for (var entry : store.list(prefix, "", 0, NEWEST).entries()) {
        if (!config.ways(entry.key()).getFirst().wrote(entry.value())) {
          put(entry.key(), plain(entry).value(), entry.modRevision(), null);
          written++;
        }
      }
    }
    return written;
  }

  /**
   * Finds out early whether the keys are there that the Secrets need.
   *
   * @throws StoreException.Unavailable they are not
   */
  public void requireReadable() {
    list(SECRETS, "", 0, NEWEST);
  }

  @Override
  public Versioned put(String key, byte[] value, long expectedModRevision, Duration timeToLive) {
    var secret = config.ways(key).getFirst().write(key, value);
    var stored = store.put(key, secret, expectedModRevision, timeToLive);
    return new Versioned(key, value, stored.createRevision(), stored.modRevision());
  }

  @Override
  public Optional<Versioned> get(String key) {
    return store.get(key).map(this::plain);
  }

  @Override
  public Page list(String prefix, String afterKey, int limit, long revision) {
    var page = store.list(prefix, afterKey, limit, revision);
    return new Page(
        page.entries().stream().map(this::plain).toList(), page.revision(), page.remaining());
  }

  @Override
  public Optional<StoreEvent.Delete> delete(String key, long expectedModRevision) {
    return store.delete(key, expectedModRevision).map(this::plain);
  }

  @Override
  public StoreWatch watch(String prefix, long afterRevision) {
    var watch = store.watch(prefix, afterRevision);
    return new StoreWatch() {
      @Override
      public List<StoreEvent> next() throws InterruptedException {
        return watch.next().stream().map(EncryptedStore.this::plain).toList();
      }

      @Override
      public void close() {
        watch.close();
      }
    };
  }

  private StoreEvent plain(StoreEvent event) {
    return switch (event) {
      case StoreEvent.Put put ->
          new StoreEvent.Put(
              plain(put.current()), put.previous() == null ? null : plain(put.previous()));
      case StoreEvent.Delete delete -> plain(delete);
      case StoreEvent.Progress progress -> progress;
    };
  }

  private StoreEvent.Delete plain(StoreEvent.Delete event) {
    return new StoreEvent.Delete(event.key(), event.revision(), plain(event.previous()));
  }

  private Versioned plain(Versioned entry) {
    for (var way : config.ways(entry.key())) {
      if (way.wrote(entry.value())) {
        try {
          var value = way.read(entry.key(), entry.value());
          return new Versioned(entry.key(), value, entry.createRevision(), entry.modRevision());
        } catch (GeneralSecurityException otherKey) {
          continue; // two keys may have had the same name
        }
      }
    }
    throw new StoreException.Unavailable(
        entry.key()
            + " is encrypted with a key that this server was not given; start it with"
            + " --encryption-provider-config",
        null);
  }

  @Override
  public long revision() {
    return store.revision();
  }

  @Override
  public long compactRevision() {
    return store.compactRevision();
  }

  @Override
  public long count(String prefix) {
    return store.count(prefix);
  }

  @Override
  public void compact(long revision) {
    store.compact(revision);
  }

  @Override
  public void close() {
    store.close();
  }
}
