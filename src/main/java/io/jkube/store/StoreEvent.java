package io.jkube.store;

import java.util.Objects;

/** One change of one key, as a watch tells it. */
public sealed interface StoreEvent {
  String key();

  /** The revision of the commit that made the change. */
  long revision();

  /**
   * The key has a new value.
   *
   * @param previous what it replaced, or null when the key was not there
   */
  record Put(Versioned current, Versioned previous) implements StoreEvent {
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
  record Delete(String key, long revision, Versioned previous) implements StoreEvent {
    public Delete {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(previous, "previous");
    }
  }
}
