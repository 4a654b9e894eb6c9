package io.jkube.cluster;

import io.jkube.apiserver.encryption.EncryptedStore;
import io.jkube.apiserver.encryption.EncryptionConfig;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.store.FolderLock;
import io.jkube.store.Store;
import io.jkube.store.StoreException;
import io.jkube.store.embedded.EmbeddedStore;
import io.jkube.store.etcd.EtcdStore;
import java.io.IOException;
import java.nio.file.Files;

/** Opens the state. Its lock is what makes this process the cluster's only server. */
final class OpenStore implements StartupStep {
  @Override
  public String title() {
    return "Open the store";
  }

  @Override
  public void start(Parts parts) throws StartupFailure {
    try {
      requireSamePlace(parts);
      parts.store = encrypted(parts, open(parts));
    } catch (StoreException.Locked taken) {
      throw new StartupFailure(StartupFailure.Kind.RUNS_ALREADY, taken.getMessage(), taken);
    } catch (StoreException.Unavailable | IOException failure) {
      throw new StartupFailure(StartupFailure.Kind.OTHER, failure.getMessage(), failure);
    }
  }

  /** What a cluster has in one store it does not have in another. */
  private static void requireSamePlace(Parts parts) throws StartupFailure {
    var last = ServerRecord.read(parts.folder).map(ServerRecord::options);
    var wanted = parts.settings.etcd();
    if (last.isPresent() && last.get().containsKey("etcd-servers") != wanted.isPresent()) {
      throw new StartupFailure(
          StartupFailure.Kind.OTHER,
          wanted.isPresent()
              ? "cluster \"%s\" has its state in its own folder; start another with --name for one"
                      .formatted(parts.settings.name())
                  + " in etcd"
              : "cluster \"%s\" has its state in the etcd at %s; start it with that"
                  .formatted(parts.settings.name(), last.get().get("etcd-servers")));
    }
  }

  /** The lock of the folder is taken also where the state is elsewhere. */
  private static Store open(Parts parts) throws IOException {
    var etcd = parts.settings.etcd();
    if (etcd.isEmpty()) {
      return EmbeddedStore.open(parts.folder.state(), parts.clock);
    }
    Files.createDirectories(parts.folder.state());
    var lock = FolderLock.acquire(parts.folder.state());
    try {
      var store = EtcdStore.open(etcd.get());
      parts.lock = lock;
      return store;
    } finally {
      if (parts.lock == null) {
        lock.close();
      }
    }
  }

  /** On the way up, so that what the first key has not written is written anew. */
  private static Store encrypted(Parts parts, Store store) throws StartupFailure, IOException {
    boolean good = false;
    try {
      var config =
          new ServerFiles(parts.settings)
              .read("encryption-provider-config", EncryptionConfig::parse, EncryptionConfig.NONE);
      var readable = new EncryptedStore(store, config);
      readable.rewriteStale();
      readable.requireReadable();
      good = true;
      return config == EncryptionConfig.NONE ? store : readable;
    } finally {
      if (!good) {
        close(parts, store);
      }
    }
  }

  private static void close(Parts parts, Store store) throws IOException {
    try (var lock = parts.lock) {
      store.close();
    }
  }

  /** Until the lock is free nobody else writes the record. */
  @Override
  public void stop(Parts parts) throws IOException {
    try {
      if (parts.record != null) {
        parts.record.ended().write(parts.folder);
      }
    } finally {
      close(parts, parts.store);
    }
  }
}
