package io.jkube.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keys and values under one sequence of revisions.
 *
 * <p><strong>Ordering.</strong> Each successful {@link #put} or {@link #delete} is one commit with
 * a revision of its own, greater than all before it. A call that returned happened before every
 * call that starts later, and every such later read sees it (linearizable).
 *
 * <p><strong>Durability.</strong> A write is answered only when it survives the end of the process
 * and of the machine.
 *
 * <p><strong>Threads.</strong> Every method may be called from any number of threads; writers wait
 * for their commit, which they may share with others. Byte arrays handed in or out are never
 * changed afterwards, by either side.
 *
 * <p><strong>Failures.</strong> As each method says, and {@link StoreException.Unavailable} from
 * any of them.
 */
public interface Store extends AutoCloseable {
  /** For {@code expectedModRevision}: the key must not exist. */
  long ABSENT = 0;

  /** For {@code expectedModRevision}: whatever stands there. */
  long ANY = -1;

  /** For {@code revision}: the newest. */
  long NEWEST = 0;

  /** The newest committed revision; 1 for a store that was never written. */
  long revision();

  /**
   * The oldest revision that {@code list} and {@code watch} still answer for; 0 before any
   * compaction. It grows with {@link #compact}, and by itself where an implementation bounds its
   * history.
   */
  long compactRevision();

  /** The key's newest value, if it exists. */
  Optional<Versioned> get(String key);

  /**
   * A page of the keys that start with {@code prefix}, in the order of their UTF-8 bytes, as they
   * stood at one revision.
   *
   * @param afterKey start behind this key; empty for the beginning
   * @param limit at most so many; 0 for all
   * @param revision the revision to look at, or {@link #NEWEST}
   * @throws StoreException.Compacted when {@code revision} is older than {@link #compactRevision}
   * @throws StoreException.FutureRevision when {@code revision} is newer than {@link #revision}
   */
  Page list(String prefix, String afterKey, int limit, long revision);

  /** How many keys start with {@code prefix} now. */
  long count(String prefix);

  /**
   * Writes a value if the key's mod revision is the expected one.
   *
   * @param expectedModRevision a mod revision, {@link #ABSENT} or {@link #ANY}
   * @param timeToLive after which the store deletes the key by itself (a commit like any other, at
   *     most 10 s late); null for never. Each put states it anew. A restart keeps the deadline
   * @return the value as it now stands
   * @throws StoreException.RevisionMismatch nothing was written
   */
  Versioned put(String key, byte[] value, long expectedModRevision, Duration timeToLive);

  /**
   * Deletes a key if its mod revision is the expected one.
   *
   * @param expectedModRevision a mod revision or {@link #ANY}
   * @return the deletion: its revision and the last value; empty when the key did not exist and ANY
   *     was asked for
   * @throws StoreException.RevisionMismatch nothing was deleted (also when the key does not exist)
   */
  Optional<StoreEvent.Delete> delete(String key, long expectedModRevision);

  /**
   * Every change of keys that start with {@code prefix}, from the commit after {@code
   * afterRevision} on.
   *
   * @param afterRevision {@link #NEWEST} for only what comes after this call
   * @throws StoreException.Compacted when changes after {@code afterRevision} are partly gone
   * @throws StoreException.FutureRevision when {@code afterRevision} is newer than {@link
   *     #revision}
   */
  StoreWatch watch(String prefix, long afterRevision);

  /**
   * Forgets values that were superseded before {@code revision}; the newest value of a live key
   * always stays.
   *
   * @throws StoreException.Compacted when that was done already
   * @throws StoreException.FutureRevision when {@code revision} is newer than {@link #revision}
   */
  void compact(long revision);

  /**
   * Ends the watches, finishes the commits under way and releases the state. Calls after it fail as
   * unavailable.
   */
  @Override
  void close();

  /**
   * Part of a listing.
   *
   * @param revision the revision it shows: to be handed to the next call, so that pages belong
   *     together
   * @param remaining how many more keys follow the last entry; 0 when this is the end
   */
  record Page(List<Versioned> entries, long revision, long remaining) {
    public Page {
      entries = List.copyOf(entries);
    }
  }
}
