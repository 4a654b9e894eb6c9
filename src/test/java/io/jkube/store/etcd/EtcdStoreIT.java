package io.jkube.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.contract.StoreContract;
import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.testing.Await;
import io.jkube.testing.EtcdMembers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

  @Test
  void aWatchTellsHowFarItIsWhenOthersWrite() throws Exception {
    try (var watch = store.watch("/registry/", Store.NEWEST)) {
      var others = put("/others/a", "1");
      assertEquals(others.modRevision(), store.revision());
      assertEquals(
          List.of(new StoreEvent.Progress(others.modRevision())),
          assertTimeoutPreemptively(Duration.ofSeconds(20), watch::next));
    }
  }

  @Test
  void keysStandBelowThePrefixAskedFor() {
    var settings = etcd.settings();
    var moved =
        new EtcdSettings(
            settings.servers(), Optional.empty(), Optional.empty(), Optional.empty(), "/moved");
    try (var other = EtcdStore.open(moved)) {
      var written = other.put("/registry/pods/default/x", utf8("1"), Store.ABSENT, null);
      assertEquals("/registry/pods/default/x", written.key());
      assertEquals(Optional.empty(), store.get("/registry/pods/default/x"));
      assertTrue(store.get("/moved/pods/default/x").isPresent());
      var listed = other.list("/registry/pods/", "", 0, Store.NEWEST).entries();
      assertEquals("/registry/pods/default/x", listed.getFirst().key());
    }
  }

  @Test
  void historyIsForgottenAfterAWhile() {
    try (var forgetful = EtcdStore.open(etcd.settings(), Duration.ofMillis(50))) {
      put("/a", "1");
      long superseded = put("/a", "2").modRevision();
      put("/a", "3");
      Await.until(() -> forgetful.compactRevision() > superseded);
    }
  }

  /** Time passes by itself; who expects something of it waits for that. */
  @Override
  protected void pass(Duration time) {}
}
