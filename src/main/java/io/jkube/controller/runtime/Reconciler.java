package io.jkube.controller.runtime;

import io.jkube.api.ObjectKey;

/** Brings what one name stands for a step nearer to what it should be. */
@FunctionalInterface
public interface Reconciler {
  /**
   * Called by several workers, never by two at a time with the same name. Whatever it throws makes
   * the runner call it again after a backoff.
   */
  Result reconcile(ObjectKey key) throws Exception;
}
