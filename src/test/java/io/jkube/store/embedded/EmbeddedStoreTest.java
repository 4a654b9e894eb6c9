package io.jkube.store.embedded;

import io.jkube.contract.StoreContract;
import io.jkube.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest extends StoreContract {
  @TempDir Path folder;
  private final TurnedClock clock = new TurnedClock();

  @Override
  protected Store create() {
    return open();
  }

  @Override
  protected Store open() {
    return EmbeddedStore.open(folder, clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.turn(time);
  }
}
