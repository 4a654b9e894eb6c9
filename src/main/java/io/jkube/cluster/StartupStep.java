package io.jkube.cluster;

import java.util.Set;

/**
 * One step of the way up, and of the way down. A step keeps nothing itself: what it makes goes into
 * {@link Parts}. One file, one line in {@link Cluster#PLAN}.
 */
interface StartupStep {
  /** What is being done, in a few words, as a person reads it: {@code Open the store}. */
  String title();

  /** The steps that must have ended well before this one starts. */
  default Set<Class<? extends StartupStep>> needs() {
    return Set.of();
  }

  /**
   * @throws StartupFailure a person can do something about it, and the message says what
   * @throws Exception anything else that went wrong; the way down follows
   */
  void start(Parts parts) throws Exception;

  /** Undoes {@link #start}; called only when that ended well. Takes at most a second or two. */
  default void stop(Parts parts) throws Exception {}
}
