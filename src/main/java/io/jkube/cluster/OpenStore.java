package io.jkube.cluster;

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
      parts.store = EmbeddedStore.open(parts.folder.state(), parts.clock);
    } catch (StoreException.Locked taken) {
      throw new StartupFailure(StartupFailure.Kind.RUNS_ALREADY, taken.getMessage(), taken);
    } catch (StoreException.Unavailable failure) {
      throw new StartupFailure(StartupFailure.Kind.OTHER, failure.getMessage(), failure);
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
