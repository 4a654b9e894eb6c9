package io.jkube.store.embedded;

import io.jkube.store.FolderLock;
import io.jkube.store.StoreException;
import io.jkube.store.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Begins a state with the entries of another store, each at the revisions that it had there:
 * whoever knows a revision of the old store is right about it in the new one. Belongs to one
 * thread.
 */
public final class StateImport implements AutoCloseable {
  private static final int CHANGES_PER_COMMIT = 1_000;

  private final FolderLock lock;
  private final Journal journal;
  private final List<Journal.Entry> waiting = new ArrayList<>();
  private final Set<Long> revisions = new HashSet<>();

  /** Of one commit of another store that changed several keys: all but the first. */
  private final List<Change> homeless = new ArrayList<>();

  private StateImport(Path folder, FolderLock lock) {
    this.lock = lock;
    this.journal = new Journal(folder, EmbeddedStoreSettings.DEFAULTS.cacheMebibytes());
    journal.open();
  }

  /**
   * @param folder without a state
   * @throws StoreException.Unavailable it has one, or cannot be written
   */
  public static StateImport begin(Path folder) throws IOException {
    Files.createDirectories(folder);
    var lock = FolderLock.acquire(folder);
    boolean begun = false;
    try {
      if (Files.exists(folder.resolve(Journal.FILE))) {
        throw new StoreException.Unavailable("there is a state in " + folder, null);
      }
      FormatMarker.check(folder, false);
      var state = new StateImport(folder, lock);
      begun = true;
      return state;
    } finally {
      if (!begun) {
        lock.close();
      }
    }
  }

  /**
   * Takes an entry over.
   *
   * @param deadline when the store is to delete it; null for never
   */
  public void add(Versioned entry, Instant deadline) {
    var change =
        new Change(
            entry.key(),
            entry.value(),
            entry.createRevision(),
            deadline == null ? 0 : deadline.toEpochMilli());
    if (revisions.add(entry.modRevision())) {
      waiting.add(new Journal.Entry(entry.modRevision(), change));
    } else {
      homeless.add(change);
    }
    if (waiting.size() == CHANGES_PER_COMMIT) {
      commit();
    }
  }

  /**
   * Makes it the state of a revision, with no history before it.
   *
   * @param revision that of the other store, at least that of every entry
   */
  public void finish(long revision) {
    long newest = revision;
    for (var change : homeless) {
      waiting.add(new Journal.Entry(++newest, change));
    }
    commit();
    journal.compact(newest, List.of());
  }

  private void commit() {
    journal.append(waiting);
    waiting.clear();
  }

  @Override
  public void close() throws IOException {
    try {
      journal.close();
    } finally {
      lock.close();
    }
  }
}
