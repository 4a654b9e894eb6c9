package io.jkube.cluster;

import io.jkube.apiserver.encryption.EncryptedStore;
import io.jkube.apiserver.encryption.EncryptionConfig;
import io.jkube.store.Store;
import io.jkube.store.StoreException;
import io.jkube.store.embedded.EmbeddedStore;
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
      parts.store = encrypted(parts, EmbeddedStore.open(parts.folder.state(), parts.clock));
    } catch (StoreException.Locked taken) {
      throw new StartupFailure(StartupFailure.Kind.RUNS_ALREADY, taken.getMessage(), taken);
    } catch (StoreException.Unavailable failure) {
      throw new StartupFailure(StartupFailure.Kind.OTHER, failure.getMessage(), failure);
    }
  }

  /** On the way up, so that what the first key has not written is written anew. */
  private static Store encrypted(Parts parts, Store store) throws StartupFailure {
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
        store.close();
      }
    }
  }

  /** Until the lock is free nobody else writes the record. */
  @Override
  public void stop(Parts parts) throws IOException {
    try (var store = parts.store) {
      if (parts.record != null) {
        parts.record.ended().write(parts.folder);
      }
    }
  }
}
