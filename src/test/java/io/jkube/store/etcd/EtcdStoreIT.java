package io.jkube.store.etcd;

import io.jkube.contract.StoreContract;
import io.jkube.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The store in an etcd of one member. */
class EtcdStoreIT extends StoreContract {
  @TempDir Path folder;
  private EtcdMembers etcd;

  @Override
  protected Store create() throws Exception {
    etcd = EtcdMembers.start(folder, 1);
    return open();
  }

  @Override
  protected Store open() {
    return EtcdStore.open(etcd.settings());
  }

  @AfterEach
  void stopEtcd() {
    etcd.close();
  }

  /** Time passes by itself; who expects something of it waits for that. */
  @Override
  protected void pass(Duration time) {}
}
