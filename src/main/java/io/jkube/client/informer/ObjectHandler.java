package io.jkube.client.informer;

import io.jkube.api.ObjectKey;

/**
 * Told of every change of a local copy, in order, by the informer's one thread: be quick (note a
 * name in a queue), never block. What it throws is logged and does not end the informer.
 *
 * <p>Changes that a relist finds (the informer had to begin anew) are told like any other; an
 * object that was deleted and made again meanwhile may appear as one update with another uid.
 */
public interface ObjectHandler<T> {
  void added(ObjectKey key, T object);

  void updated(ObjectKey key, T before, T after);

  /**
   * @param last the object as it was deleted, or as last seen when the deletion itself was missed
   */
  void deleted(ObjectKey key, T last);

  /** One reaction to every change: the usual handler of a controller. */
  static <T> ObjectHandler<T> onEvery(Reaction<T> reaction) {
    return new ObjectHandler<>() {
      @Override
      public void added(ObjectKey key, T object) {
        reaction.changed(key, object);
      }

      @Override
      public void updated(ObjectKey key, T before, T after) {
        reaction.changed(key, after);
      }

      @Override
      public void deleted(ObjectKey key, T last) {
        reaction.changed(key, last);
      }
    };
  }

  /** What {@link #onEvery} does with the newest (or last) state of a changed object. */
  @FunctionalInterface
  interface Reaction<T> {
    void changed(ObjectKey key, T object);
  }
}
