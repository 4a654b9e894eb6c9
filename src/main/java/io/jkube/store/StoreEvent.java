package io.jkube.store;

import java.util.Objects;

/** What a watch tells: the changes of keys, and how far it has come when there are none. */
public sealed interface StoreEvent {
  /** Everything up to this revision was told, this event included. */
  long revision();

  /** One change of one key; its revision is that of the commit. */
  sealed interface Change extends StoreEvent {
    String key();
  }

  /** Up to this revision nothing else happened to the keys that are watched. */
  record Progress(long revision) implements StoreEvent {}

  /**
   * The key has a new value.
   *
   * @param previous what it replaced, or null when the key was not there
   */
  record Put(Versioned current, Versioned previous) implements Change {
    public Put {
      Objects.requireNonNull(current, "current");
    }

    @Override
    public String key() {
      return current.key();
    }

    @Override
    public long revision() {
      return current.modRevision();
    }
  }

  /** The key is gone; {@code previous} is its last value. */
  record Delete(String key, long revision, Versioned previous) implements Change {
    public Delete {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(previous, "previous");
    }
  }
}
