package io.jkube.store;

/**
 * What can go wrong at the store; each failure is a type of its own, and none leaves a write half
 * done.
 */
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The key's mod revision was not the expected one; nothing was written. */
  public static final class RevisionMismatch extends StoreException {
    private static final long serialVersionUID = 1;
    private final transient Versioned current;

    public RevisionMismatch(String key, long expected, Versioned current) {
      super(
          key
              + ": expected mod revision "
              + expected
              + ", found "
              + (current == null ? "no such key" : current.modRevision()),
          null);
      this.current = current;
    }

    /** What stands there now; null when the key does not exist. */
    public Versioned current() {
      return current;
    }
  }

  /** The revision asked for was compacted away: list afresh. */
  public static final class Compacted extends StoreException {
    private static final long serialVersionUID = 1;
    private final long compactRevision;

    public Compacted(long asked, long compactRevision) {
      super(
          "revision " + asked + " has been compacted; the oldest kept is " + compactRevision, null);
      this.compactRevision = compactRevision;
    }

    public long compactRevision() {
      return compactRevision;
    }
  }

  /** The revision asked for has not been reached yet. */
  public static final class FutureRevision extends StoreException {
    private static final long serialVersionUID = 1;

    public FutureRevision(long asked, long current) {
      super("revision " + asked + " is in the future; the newest is " + current, null);
    }
  }

  /**
   * The store cannot take or give data now (disk full, I/O error, connection lost, closed). A write
   * that answers so was not acknowledged: it may or may not stand once the store is back. The
   * message names the cause and what to do.
   */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Another process has the state open. The message names the folder and, where known, the process.
   */
  public static final class Locked extends StoreException {
    private static final long serialVersionUID = 1;

    public Locked(String message) {
      super(message, null);
    }
  }
}
