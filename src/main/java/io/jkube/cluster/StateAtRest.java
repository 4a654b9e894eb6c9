package io.jkube.cluster;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.snapshot.SnapshotException;
import io.jkube.cluster.snapshot.SnapshotFile;
import io.jkube.cluster.snapshot.SnapshotHeader;
import io.jkube.cluster.snapshot.Snapshots;
import io.jkube.store.FolderLock;
import io.jkube.store.Store;
import io.jkube.store.StoreException;
import io.jkube.store.embedded.EmbeddedStore;
import io.jkube.store.etcd.EtcdSettings;
import io.jkube.store.etcd.EtcdStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Where a cluster's state is and how it is opened: by its server, or while none serves it. */
public final class StateAtRest implements Snapshots {
  private final ClusterFolder folder;
  private final InstantSource clock;

  /**
   * @param folder of a cluster that was started at some time
   */
  public StateAtRest(ClusterFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Of a cluster that no server serves at this moment. */
  @Override
  public SnapshotHeader save(Path file) throws SnapshotException, IOException {
    if (!Files.isDirectory(folder.state())) {
      throw new SnapshotException("cluster \"" + folder.name() + "\" has no state");
    }
    var last = StartSettings.DEFAULT.with("name", folder.name());
    var etcd = ServerRecord.read(folder).map(last::asLast).orElse(last).etcd();
    try (var state = open(folder, etcd, clock)) {
      return SnapshotFile.save(file, folder, state.store(), clock.instant(), ClusterVersion.JKUBE);
    } catch (StoreException failure) {
      throw new SnapshotException(failure.getMessage(), failure);
    }
  }

  /**
   * A state that is this process's alone on this machine.
   *
   * @param lock of the folder; null where the store has it
   */
  record Opened(Store store, FolderLock lock) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (lock) {
        store.close();
      }
    }
  }

  /**
   * The lock of the folder is taken also where the state is elsewhere.
   *
   * @throws StoreException.Locked somebody has it
   */
  static Opened open(ClusterFolder folder, Optional<EtcdSettings> etcd, InstantSource clock)
      throws IOException {
    if (etcd.isEmpty()) {
      return new Opened(EmbeddedStore.open(folder.state(), clock), null);
    }
    Files.createDirectories(folder.state());
    var lock = FolderLock.acquire(folder.state());
    boolean opened = false;
    try {
      var store = EtcdStore.open(etcd.get());
      opened = true;
      return new Opened(store, lock);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }
}
