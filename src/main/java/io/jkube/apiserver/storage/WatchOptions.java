package io.jkube.apiserver.storage;

import java.time.Duration;
import java.util.Objects;

/**
 * How a watch goes.
 *
 * @param start where it begins
 * @param bookmarks whether the client wants to be told how far the watch is complete
 * @param timeout after which the server ends it
 */
public record WatchOptions(Start start, boolean bookmarks, Duration timeout) {
  public WatchOptions {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(timeout, "timeout");
  }

  /** Where a watch begins. */
  public sealed interface Start {
    /** With the changes after a revision. */
    record After(long revision) implements Start {}

    /**
     * With the state as ADDED events.
     *
     * @param notBefore the state is at least of this revision; 0 for whatever is at hand, -1 for as
     *     of now
     * @param announceEnd whether a bookmark annotated {@code k8s.io/initial-events-end} follows the
     *     state
     */
    record WithState(long notBefore, boolean announceEnd) implements Start {}

    /** With the changes from now on. */
    record Now() implements Start {}
  }
}
