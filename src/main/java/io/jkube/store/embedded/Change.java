package io.jkube.store.embedded;

import java.util.Objects;

/**
 * What one commit did to its key: the unit of the journal.
 *
 * @param value the new value; null for a deletion
 * @param createRevision when the key came to be; 0 for a deletion
 * @param deadlineMillis when it expires, in milliseconds since 1970; 0 for never
 */
record Change(String key, byte[] value, long createRevision, long deadlineMillis) {
  Change {
    Objects.requireNonNull(key, "key");
  }

  static Change deletion(String key) {
    return new Change(key, null, 0, 0);
  }

  boolean isDeletion() {
    return value == null;
  }
}
