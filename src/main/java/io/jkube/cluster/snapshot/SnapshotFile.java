package io.jkube.cluster.snapshot;

import io.jkube.apiserver.storage.StorageKeys;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.store.Store;
import io.jkube.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A snapshot in a file (0600). */
public final class SnapshotFile {
  /** What files of snapshots are called where nobody says otherwise. */
  public static final String SUFFIX = ".snapshot";

  private static final int PAGE = 1_000;

  private SnapshotFile() {}

  /**
   * Saves a cluster as it stands at this moment, while others write.
   *
   * @param file appears whole; a snapshot of that name is replaced, anything else is not
   * @param store as the values lie in it: encrypted ones stay so
   * @param version of this jkube
   * @return what the file says of itself
   */
  public static SnapshotHeader save(
      Path file, ClusterFolder folder, Store store, Instant now, String version)
      throws SnapshotException, IOException {
    requireReplaceable(file);
    var saving = new Saving(folder, store, now, version);
    try {
      PrivateFiles.write(file, saving::writeTo);
      return saving.header;
    } catch (StoreException.Compacted overtaken) {
      throw new SnapshotException(
          "the store forgot the revision while it was being saved; try again", overtaken);
    } catch (StoreException down) {
      throw new SnapshotException(down.getMessage(), down);
    }
  }

  private static void requireReplaceable(Path file) throws SnapshotException, IOException {
    if (Files.isDirectory(file)) {
      throw new SnapshotException(file + " is a folder");
    }
    if (!Files.exists(file)) {
      return;
    }
    var magic = SnapshotFormat.MAGIC.getBytes(StandardCharsets.US_ASCII);
    try (var there = Files.newInputStream(file)) {
      if (!Arrays.equals(there.readNBytes(magic.length), magic)) {
        throw new SnapshotException(file + " is there and is no snapshot: it is not replaced");
      }
    }
  }

  /**
   * What a file says of itself, after a look at every byte of it.
   *
   * @throws SnapshotException it is no snapshot, of another version, cut or altered
   */
  public static SnapshotHeader check(Path file) throws SnapshotException, IOException {
    try (var reader = SnapshotReader.open(file)) {
      return reader.header();
    }
  }

  /** One run. */
  private static final class Saving {
    private final ClusterFolder folder;
    private final Store store;
    private final Instant now;
    private final String version;
    private SnapshotHeader header;

    Saving(ClusterFolder folder, Store store, Instant now, String version) {
      this.folder = folder;
      this.store = store;
      this.now = now;
      this.version = version;
    }

    void writeTo(OutputStream out) throws IOException {
      var page = store.list(StorageKeys.ROOT, "", PAGE, Store.NEWEST);
      long revision = page.revision();
      header =
          new SnapshotHeader(
              folder.name(),
              folder.path(),
              now,
              version,
              revision,
              page.entries().size() + page.remaining());
      try (var writer = new SnapshotWriter(out, header)) {
        for (var name : filesOf(folder)) {
          writer.file(name, Files.readAllBytes(folder.path().resolve(name)));
        }
        while (true) {
          for (var entry : page.entries()) {
            writer.entry(entry);
          }
          if (page.remaining() == 0) {
            break;
          }
          page = store.list(StorageKeys.ROOT, page.entries().getLast().key(), PAGE, revision);
        }
        writer.finish();
      }
    }

    /** Keys, range of services, how the server was started; as far as they are there. */
    private static List<String> filesOf(ClusterFolder folder) throws IOException {
      var files = new ArrayList<Path>(List.of(folder.serviceRange(), folder.record()));
      try (var keys = Files.list(folder.keys())) {
        keys.filter(key -> !key.getFileName().toString().startsWith("."))
            .sorted()
            .forEach(files::add);
      }
      return files.stream()
          .filter(Files::isRegularFile)
          .map(file -> folder.path().relativize(file).toString())
          .toList();
    }
  }
}
