package io.jkube.store;

import java.util.Objects;

/**
 * A value as it stood at a revision.
 *
 * @param key the whole key, such as {@code /registry/pods/default/web}
 * @param value the bytes; never written to after the call that handed them over
 * @param createRevision the revision at which the key came to be (again)
 * @param modRevision the revision of this value
 */
public record Versioned(String key, byte[] value, long createRevision, long modRevision) {
  public Versioned {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (createRevision <= 0 || modRevision < createRevision) {
      throw new IllegalArgumentException(
          "revisions of " + key + ": " + createRevision + ", " + modRevision);
    }
  }
}
