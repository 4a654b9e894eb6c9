package io.jkube.cluster.snapshot;

import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.api.volume.FolderOwner;
import io.jkube.apiserver.storage.StorageKeys;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.kubelet.volume.Folders;
import io.jkube.registry.core.Events;
import io.jkube.store.StoreException;
import io.jkube.store.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a new cluster of a snapshot. It is put together beside its place and appears whole, or
 * nothing is left of it.
 */
public final class Restoration {
  private static final Pattern KNOWN_FILE =
      Pattern.compile("pki/[a-z0-9][a-z0-9.-]*|service-range|server\\.json");
  private static final String EVENTS = StorageKeys.prefix(Resources.EVENTS);
  private static final String VOLUMES = StorageKeys.prefix(Resources.VOLUMES);
  private static final String ETCD = "etcd-";

  /** As the provisioner makes them: containers run as any user, and the folder above is closed. */
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxrwxrwx");

  private final ClusterFolder target;
  private final ClusterFolder draft;
  private final StartSettings etcd;
  private final InstantSource clock;

  /**
   * @param etcd says in which etcd the state is to be; without one it is in the cluster's folder
   */
  public Restoration(ClusterFolder target, StartSettings etcd, InstantSource clock) {
    this.target = target;
    this.draft =
        new ClusterFolder(
            target.name(), target.path().resolveSibling("." + target.name() + ".restoring"));
    this.etcd = etcd;
    this.clock = clock;
  }

  /**
   * @return what the snapshot says of itself
   * @throws SnapshotException the file is not whole, or the cluster cannot be made: nothing changed
   */
  public SnapshotHeader from(Path file) throws SnapshotException, IOException {
    try (var snapshot = SnapshotReader.open(file)) {
      requireFree();
      boolean made = false;
      try {
        Folders.delete(draft.path(), FolderOwner.NONE);
        PrivateFiles.createFolder(draft.path());
        fill(snapshot);
        made = true;
      } finally {
        if (!made) {
          Folders.delete(draft.path(), FolderOwner.NONE);
        }
      }
      return snapshot.header();
    } catch (StoreException failure) {
      throw new SnapshotException(failure.getMessage(), failure);
    }
  }

  private void requireFree() throws SnapshotException {
    if (Files.exists(target.path())) {
      throw new SnapshotException(
          "there is a cluster \"%s\" already; choose another --name".formatted(target.name()));
    }
  }

  private void fill(SnapshotReader snapshot) throws SnapshotException, IOException {
    try (var destination = destination()) {
      snapshot.read(new Filling(snapshot.header(), destination));
      destination.finish(snapshot.header().revision());
      rememberStart(!snapshot.header().cluster().equals(target.name()));
      Files.move(draft.path(), target.path(), StandardCopyOption.ATOMIC_MOVE);
      destination.keep();
    }
  }

  private Destination destination() throws SnapshotException, IOException {
    return etcd.etcd().isPresent()
        ? EtcdDestination.of(etcd.etcd().get(), clock)
        : FolderDestination.of(draft.state());
  }

  /**
   * That the next start is as the old cluster's last one, with the state where it now is.
   *
   * @param besides another cluster may run beside it: what only one process can have stays with it
   */
  private void rememberStart(boolean besides) throws IOException {
    var last = ServerRecord.read(draft);
    if (last.isEmpty()) {
      return;
    }
    var options = new HashMap<>(last.get().options());
    options.keySet().removeIf(option -> option.startsWith(ETCD));
    etcd.options().forEach(options::put);
    var record = last.get().ended();
    if (besides) {
      options.keySet().removeIf(Restoration::isOfOneProcess);
      record = record.withoutInsecurePort();
    }
    record.with(options).write(draft);
  }

  /** A log is turned by who writes it, and static pods are run by who reads their folder. */
  private static boolean isOfOneProcess(String option) {
    return option.startsWith("audit-") || option.equals("pod-manifest-path");
  }

  /** Puts the snapshot's content where it belongs. */
  private final class Filling implements SnapshotReader.Content {
    private final NewName names;
    private final Destination destination;
    private final Instant eventsEnd = clock.instant().plus(Events.TIME_TO_LIVE);

    Filling(SnapshotHeader header, Destination destination) {
      this.names = new NewName(header, target);
      this.destination = destination;
    }

    @Override
    public void file(String name, byte[] content) throws IOException, SnapshotException {
      if (!KNOWN_FILE.matcher(name).matches()) {
        throw new SnapshotException("the snapshot has a file that belongs to no cluster: " + name);
      }
      var file = draft.path().resolve(name);
      PrivateFiles.createFolder(file.getParent());
      PrivateFiles.write(file, content);
    }

    @Override
    public void entry(Versioned entry) throws IOException, SnapshotException {
      var named = names.of(entry);
      if (named.isPresent()) {
        makeVolume(named.get());
        destination.add(named.get(), entry.key().startsWith(EVENTS) ? eventsEnd : null);
      }
    }

    /**
     * Volumes that lay in the old cluster's folder begin empty in the new one's. A path that leaves
     * the folder of volumes on its way names no such volume: nothing is made outside.
     */
    private void makeVolume(Versioned entry) throws IOException {
      if (!entry.key().startsWith(VOLUMES)) {
        return;
      }
      var path = Path.of(Json.parse(entry.value()).at("/spec/local/path").asText()).normalize();
      var volumes = target.volumes().normalize();
      if (path.startsWith(volumes) && !path.equals(volumes)) {
        PrivateFiles.createFolder(draft.volumes());
        var folder = draft.volumes().resolve(volumes.relativize(path));
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, OPEN);
      }
    }
  }
}
