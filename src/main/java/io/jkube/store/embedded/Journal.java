package io.jkube.store.embedded;

import io.jkube.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes in the file, by revision. What a method wrote is durable when it returns.
 *
 * <p>When a write fails, the file is closed and the journal broken; {@link #repair} opens it again.
 * Belongs to one thread.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  static final String FILE = "state.mv";

  private static final String COMPACT_REVISION = "compactRevision";
  private static final long RETRY_AFTER_MILLIS = 250;

  /**
   * MVStore finds its newest commit from a header that may be 20 commits old, along the commits
   * since; and it writes the header after a commit that overwrote an old one. A kill between the
   * two would cut that way, were an old one of these 20. So space is used again only after more
   * commits than that, and after as many since the opening, which begins to count anew.
   */
  private static final int VERSIONS_TO_KEEP = 32;

  /** Chunks of the file with less live data than this are rewritten together. */
  private static final int TARGET_FILL_PERCENT = 60;

  private static final int REWRITE_BYTES = 1 << 20;

  private final Path folder;
  private final int cacheMebibytes;
  private OpenFile file;
  private Exception brokenBy;
  private long brokenSinceNanos;

  /** The parts of an open file. */
  private record OpenFile(
      MVStore store,
      MVMap<Long, Change> changes,
      MVMap<String, Long> facts,
      long openedAtVersion) {}

  /** A change as it stands in the file. */
  record Entry(long revision, Change change) {}

  Journal(Path folder, int cacheMebibytes) {
    this.folder = folder;
    this.cacheMebibytes = cacheMebibytes;
  }

  /**
   * Opens the file.
   *
   * @return all it holds, in the order of revisions
   * @throws StoreException.Unavailable when it cannot be opened or is damaged
   */
  List<Entry> open() {
    try {
      file = openFile();
      return readOrDropTornCommit();
    } catch (RuntimeException failure) { // MVStore on a damaged file throws many kinds
      closeQuietly();
      throw unavailable("open", failure);
    }
  }

  /** What {@link #compact} was last told; 0 when never. */
  long compactRevision() {
    return file.facts().getOrDefault(COMPACT_REVISION, 0L);
  }

  private OpenFile openFile() {
    var store =
        new MVStore.Builder()
            .fileName(folder.resolve(FILE).toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .cacheSize(cacheMebibytes)
            .open();
    store.setRetentionTime(0);
    store.setVersionsToKeep(VERSIONS_TO_KEEP);
    store.setReuseSpace(false);
    var changes =
        store.openMap(
            "changes",
            new MVMap.Builder<Long, Change>()
                .keyType(LongDataType.INSTANCE)
                .valueType(new ChangeType()));
    var facts =
        store.openMap(
            "facts",
            new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    return new OpenFile(store, changes, facts, store.getCurrentVersion());
  }

  /**
   * The commit that was under way when the machine stopped may have reached the disk in parts, and
   * MVStore checks only its two ends. It was never acknowledged: without it, all is well.
   */
  private List<Entry> readOrDropTornCommit() {
    try {
      return read(Long.MIN_VALUE);
    } catch (RuntimeException torn) {
      LOG.warn(
          "The last commit to {} is incomplete ({}); going back to the one before",
          folder,
          message(torn));
      file.store().rollbackTo(file.store().getCurrentVersion() - 1);
      return read(Long.MIN_VALUE);
    }
  }

  private List<Entry> read(long after) {
    var entries = new ArrayList<Entry>();
    var first = file.changes().higherKey(after);
    if (first != null) {
      var cursor = file.changes().cursor(first);
      while (cursor.hasNext()) {
        long revision = cursor.next();
        entries.add(new Entry(revision, cursor.getValue()));
      }
    }
    return entries;
  }

  /**
   * Opens the file again if a write broke it.
   *
   * @param after the newest revision known
   * @return what the file holds beyond it: a commit whose failure came after it was written
   * @throws StoreException.Unavailable when it is still broken
   */
  List<Entry> repair(long after) {
    if (file != null) {
      return List.of();
    }
    long sinceMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - brokenSinceNanos);
    if (sinceMillis < RETRY_AFTER_MILLIS) {
      throw unavailable("write", brokenBy);
    }
    try {
      file = openFile();
      file.store().sync();
      var beyond = read(after);
      return beyond;
    } catch (RuntimeException still) {
      throw broken(still);
    }
  }

  /**
   * Writes changes with one fsync.
   *
   * @throws StoreException.Unavailable when they may or may not be there
   */
  void append(long firstRevision, List<Change> changes) {
    write(
        () -> {
          long revision = firstRevision;
          for (var change : changes) {
            file.changes().put(revision++, change);
          }
        });
  }

  /**
   * Writes changes of any revisions with one fsync.
   *
   * @throws StoreException.Unavailable when they may or may not be there
   */
  void append(List<Entry> entries) {
    write(() -> entries.forEach(entry -> file.changes().put(entry.revision(), entry.change())));
  }

  /**
   * Forgets changes for good.
   *
   * @throws StoreException.Unavailable when it may or may not have done so
   */
  void compact(long compactRevision, List<Long> superfluous) {
    write(
        () -> {
          superfluous.forEach(file.changes()::remove);
          file.facts().put(COMPACT_REVISION, compactRevision);
        });
    write(() -> file.store().compact(TARGET_FILL_PERCENT, REWRITE_BYTES));
  }

  private void write(Runnable writing) {
    try {
      writing.run();
      file.store().commit();
      file.store().sync();
      reuseSpaceOnceSafe();
      if (brokenBy != null) {
        LOG.info("The state in {} can be written again", folder);
        brokenBy = null;
      }
    } catch (RuntimeException failure) {
      throw broken(failure);
    }
  }

  private void reuseSpaceOnceSafe() {
    if (!file.store().isSpaceReused()
        && file.store().getCurrentVersion() - file.openedAtVersion() > VERSIONS_TO_KEEP) {
      file.store().setReuseSpace(true);
    }
  }

  private StoreException.Unavailable broken(Exception cause) {
    if (brokenBy == null || !message(brokenBy).equals(message(cause))) {
      LOG.warn("The state in {} cannot be written: {}", folder, message(cause));
    }
    brokenBy = cause;
    brokenSinceNanos = System.nanoTime();
    closeQuietly();
    return unavailable("write", cause);
  }

  private StoreException.Unavailable unavailable(String action, Exception cause) {
    return new StoreException.Unavailable(
        "cannot "
            + action
            + " the state in "
            + folder
            + ": "
            + message(cause)
            + (action.equals("write")
                ? "; writes go on by themselves once the disk takes them again"
                : ""),
        cause);
  }

  /** The innermost message: "No space left on device" rather than "Writing to file failed". */
  private static String message(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private void closeQuietly() {
    if (file != null) {
      file.store().closeImmediately();
      file = null;
    }
  }

  /** Leaves the file in order; a broken one is left as it is. */
  @Override
  public void close() {
    if (file != null) {
      try {
        file.store().close();
      } catch (RuntimeException failure) {
        LOG.warn("Closing the state in {}: {}", folder, message(failure));
      } finally {
        closeQuietly();
      }
    }
  }
}
