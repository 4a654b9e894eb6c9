package io.jkube.cluster;

import io.jkube.apiserver.encryption.EncryptedStore;
import io.jkube.apiserver.encryption.EncryptionConfig;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.store.Store;
import io.jkube.store.StoreException;
import java.io.IOException;

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
      parts.state = StateAtRest.open(parts.folder, parts.settings.etcd(), parts.clock);
      parts.store = encrypted(parts, parts.state.store());
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
        parts.state.close();
      }
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
      parts.state.close();
    }
  }
}
