package io.jkube.store.embedded;

import io.jkube.store.Versioned;

/**
 * A link in a key's chain, newest first. The writer alone puts links in front and cuts the chain's
 * end; readers walk it at any time.
 */
final class Version {
  private final long revision;
  private final Versioned value;
  private volatile Version older;

  /**
   * @param value null when the key was deleted at this revision
   */
  Version(long revision, Versioned value, Version older) {
    this.revision = revision;
    this.value = value;
    this.older = older;
  }

  /** What the key held at a revision; null when it did not exist then. */
  Versioned at(long asOf) {
    for (var version = this; version != null; version = version.older) {
      if (version.revision <= asOf) {
        return version.value;
      }
    }
    return null;
  }

  /** What the key holds, published or not. */
  Versioned newest() {
    return value;
  }

  /**
   * Cuts off what was superseded at or before a revision.
   *
   * @return false when nothing is left: the key was deleted by then
   */
  boolean cut(long compactRevision) {
    Version newer = null;
    var version = this;
    while (version.revision > compactRevision) {
      if (version.older == null) {
        return true;
      }
      newer = version;
      version = version.older;
    }
    version.older = null;
    if (version.value != null) {
      return true;
    }
    if (newer != null) {
      newer.older = null;
    }
    return newer != null;
  }
}
